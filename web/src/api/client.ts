import createClient from 'openapi-fetch'
import { ApiError, toProblem, unwrap } from './errors'
import type { paths } from './schema.gen'
import { createSession } from './session'

/** Without a token: only for signing in and out. */
const open = createClient<paths>()

const LOCK = 'lead-router-session'

/** The session of this browser tab. */
export const session = createSession({
  signIn: async (body) => unwrap(await open.POST('/v1/session', { body })),
  refresh: async () => unwrap(await open.POST('/v1/session/refresh')),
  signOut: async () => {
    const { error, response } = await open.DELETE('/v1/session')
    if (!response.ok) throw new ApiError(toProblem(error, response.status))
  },
  exclusively: async (task) =>
    'locks' in navigator ? await navigator.locks.request(LOCK, task) : await task(),
  now: () => Date.now(),
})

/** Sends a request with the access token, and once more with a new one if the first is refused. */
export async function authorised(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await fetch(bearing(request, await session.token()))
  if (response.status !== 401) return response
  return fetch(bearing(again, await session.renew()))
}

function bearing(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

/** The API, typed by its OpenAPI document. */
export const client = createClient<paths>({ fetch: authorised })
