import { describe, expect, it } from 'vitest'
import { ApiError, explain, isTransient, toProblem, unwrap } from './errors'
import type { Problem } from './types'

const problem: Problem = {
  type: 'about:blank',
  title: 'The rules moved',
  status: 409,
  detail: 'Version 13 is published.',
  code: 'ruleset-moved',
}

describe('unwrap', () => {
  it('hands over the body of a good answer', () => {
    expect(unwrap({ data: 7, response: new Response() })).toBe(7)
  })

  it('throws the problem of a bad one', () => {
    const refused = { error: problem, response: new Response(null, { status: 409 }) }
    expect(() => unwrap(refused)).toThrow('Version 13 is published.')
  })
})

describe('toProblem', () => {
  it('keeps a problem document', () => {
    expect(toProblem(problem, 409)).toEqual(problem)
  })

  it('makes one of a page from a proxy', () => {
    expect(toProblem('<html>502</html>', 502)).toMatchObject({ status: 502, code: 'unknown' })
    expect(toProblem(undefined, 403).title).toBe('The request was refused')
  })
})

describe('isTransient', () => {
  it('is true of a lost network and of server faults only', () => {
    expect(isTransient(new TypeError('fetch failed'))).toBe(true)
    expect(isTransient(new ApiError({ ...problem, status: 503 }))).toBe(true)
    expect(isTransient(new ApiError(problem))).toBe(false)
  })
})

describe('explain', () => {
  it('uses the words of the problem, else speaks of the connection', () => {
    expect(explain(new ApiError(problem)).detail).toBe('Version 13 is published.')
    expect(explain(new TypeError('fetch failed')).title).toBe('Lead Router cannot be reached')
  })
})
