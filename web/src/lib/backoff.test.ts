import { describe, expect, it } from 'vitest'
import { backoff, pause } from './backoff'

describe('backoff', () => {
  it('doubles and stops at 15 seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoff(attempt, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000,
    ])
  })

  it('never waits less than half', () => {
    expect(backoff(0, 0)).toBe(250)
    expect(backoff(50, 0)).toBe(7500)
  })
})

describe('pause', () => {
  it('ends at once when aborted', async () => {
    const controller = new AbortController()
    const waiting = pause(60_000, controller.signal)
    controller.abort()
    await expect(waiting).resolves.toBeUndefined()
    await expect(pause(60_000, controller.signal)).resolves.toBeUndefined()
  })
})
