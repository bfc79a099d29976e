import { ApiError } from './errors'
import type { Credentials, Member, SessionBody, Workspace } from './types'

/** Who is signed in, as far as this browser knows. */
export type SessionState =
  | { status: 'restoring' }
  | { status: 'unreachable'; error: unknown }
  | { status: 'signed-out'; expired: boolean }
  | { status: 'signed-in'; member: Member; workspace: Workspace }

/** The world as a session needs it. */
export type SessionPorts = {
  signIn: (credentials: Credentials) => Promise<SessionBody>
  refresh: () => Promise<SessionBody>
  signOut: () => Promise<void>
  /** Runs one task at a time across all tabs: the refresh cookie changes with each use. */
  exclusively: (task: () => Promise<SessionBody>) => Promise<SessionBody>
  /** Milliseconds since the epoch. */
  now: () => number
}

/** An access token is replaced when it has less than this to live, in milliseconds. */
const MARGIN_MS = 60_000

export type Session = ReturnType<typeof createSession>

/**
 * Keeps the access token in memory and the rest in the server's httpOnly cookie.
 *
 * A page that loads knows nothing: [`restore`] trades the cookie for a token.
 */
export function createSession(ports: SessionPorts) {
  let state: SessionState = { status: 'restoring' }
  let token = { value: '', dies: 0 }
  let renewal: Promise<string> | undefined
  const listeners = new Set<() => void>()

  function become(next: SessionState) {
    state = next
    for (const listener of listeners) listener()
  }

  function accept(body: SessionBody): string {
    token = { value: body.access_token, dies: ports.now() + body.expires_in_s * 1000 }
    const { member, workspace } = body
    if (state.status !== 'signed-in' || state.member.user_id !== member.user_id) {
      become({ status: 'signed-in', member, workspace })
    }
    return body.access_token
  }

  function forget(expired: boolean) {
    token = { value: '', dies: 0 }
    become({ status: 'signed-out', expired })
  }

  /** Trades the cookie for a fresh token; callers at the same time share one exchange. */
  function renew(): Promise<string> {
    renewal ??= ports
      .exclusively(ports.refresh)
      .then(accept)
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.problem.status === 401) {
          forget(state.status === 'signed-in')
        }
        throw error
      })
      .finally(() => {
        renewal = undefined
      })
    return renewal
  }

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    /** Finds out on page load whether somebody is signed in. */
    async restore() {
      if (state.status === 'unreachable') become({ status: 'restoring' })
      await renew().catch((error: unknown) => {
        if (state.status === 'restoring') become({ status: 'unreachable', error })
      })
    },
    async signIn(credentials: Credentials) {
      accept(await ports.signIn(credentials))
    },
    /** Signs out here even when the server cannot be told. */
    async signOut() {
      await ports.signOut().catch(() => undefined)
      forget(false)
    },
    /** Another tab signed out. */
    drop: () => forget(false),
    /** A token good for at least a minute. */
    token: () => (token.dies - ports.now() > MARGIN_MS ? Promise.resolve(token.value) : renew()),
    renew,
  }
}
