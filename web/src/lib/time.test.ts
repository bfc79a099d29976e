import { describe, expect, it } from 'vitest'
import { ago, compareInstants, instant } from './time'

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 3, 12) - seconds * 1000).toISOString()
const now = Date.UTC(2026, 2, 3, 12)

describe('ago', () => {
  it.each([
    [0, 'now'],
    [-30, 'now'],
    [20, '20 sec. ago'],
    [60, '1 min. ago'],
    [3599, '59 min. ago'],
    [7200, '2 hr. ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [60 * 86_400, '2 Jan 2026'],
  ])('says %i seconds as "%s"', (seconds, words) => {
    expect(ago(at(seconds), now)).toBe(words)
  })

  it('says nothing of a time it cannot read', () => {
    expect(ago('yesterday-ish', now)).toBe('')
    expect(instant('yesterday-ish')).toBe('')
  })
})

describe('compareInstants', () => {
  it('orders instants whatever part of the fraction is written', () => {
    const inOrder = [
      '2026-03-03T12:00:05Z',
      '2026-03-03T12:00:05.000001Z',
      '2026-03-03T12:00:05.1Z',
      '2026-03-03T12:00:05.123456Z',
      '2026-03-03T12:00:06Z',
    ]
    expect([...inOrder].reverse().sort(compareInstants)).toEqual(inOrder)
  })

  it('knows equal instants written differently', () => {
    expect(compareInstants('2026-03-03T12:00:05Z', '2026-03-03T12:00:05.000Z')).toBe(0)
  })
})
