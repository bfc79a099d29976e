import type { Problem } from './types'

/** A request that the server refused, with its problem document. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title)
  }

  /** What to switch on; never the text. */
  get code(): Problem['code'] {
    return this.problem.code
  }
}

/** The server could not be reached, or did not speak in problem documents. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof ApiError) || error.problem.status >= 500
}

type Result<T> = { data?: T; error?: unknown; response: Response }

/** The body of a successful answer; throws [`ApiError`] for any other. */
export function unwrap<T>({ data, error, response }: Result<T>): T {
  if (data !== undefined) return data
  throw new ApiError(toProblem(error, response.status))
}

/** Reads a problem document, and makes one of whatever else came instead (a proxy's page, say). */
export function toProblem(body: unknown, status: number): Problem {
  if (isProblem(body)) return body
  return {
    type: 'about:blank',
    title: status >= 500 ? 'The server could not answer' : 'The request was refused',
    status,
    detail: `The server answered with status ${status} and did not say why.`,
    code: 'unknown',
  }
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'title' in body &&
    typeof body.title === 'string' &&
    'status' in body &&
    typeof body.status === 'number'
  )
}

/** What to tell a person about any failure: a heading and a sentence. */
export function explain(error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError) return { title: error.problem.title, detail: error.message }
  return {
    title: 'Lead Router cannot be reached',
    detail: 'Check your connection. Nothing is lost: leads are routed on the server.',
  }
}
