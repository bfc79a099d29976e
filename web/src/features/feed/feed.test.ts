import { describe, expect, it } from 'vitest'
import type { LeadSummary } from '@/api/types'
import { EMPTY, type Feed, type FeedEvent, matches, merge, reduce, visible } from './feed'
import { someLead } from './lead.fixture'

const ids = (leads: readonly LeadSummary[]) => leads.map((each) => each.id).join('')
const feedAfter = (...events: FeedEvent[]): Feed => events.reduce(reduce, EMPTY)
const arrived = (...leads: LeadSummary[]): FeedEvent => ({ type: 'arrived', leads })
const hold = (why: 'button' | 'scroll' | 'pointer', on: boolean): FeedEvent => ({
  type: 'hold',
  why,
  on,
})

describe('merge', () => {
  it('puts the newest first and each lead once', () => {
    const [a, b, c] = [someLead('a', 1), someLead('b', 2), someLead('c', 3)]
    expect(ids(merge([c, a], [b, a]))).toBe('cba')
  })

  it('settles equal times by id, whichever list they came in', () => {
    expect(ids(merge([someLead('a', 1)], [someLead('b', 1)]))).toBe('ba')
    expect(ids(merge([someLead('b', 1)], [someLead('a', 1)]))).toBe('ba')
  })

  it('keeps the later decision about a lead, and its place', () => {
    const held = someLead('a', 1, { state: 'held' })
    const assigned = someLead('a', 1, { decided_at: someLead('x', 9).decided_at })
    const newer = someLead('b', 2)
    expect(merge([assigned], [newer, held])).toEqual([newer, assigned])
    expect(merge([held], [newer, assigned])).toEqual([newer, assigned])
  })
})

describe('the feed', () => {
  it('shows what arrives', () => {
    const feed = feedAfter(
      { type: 'connected' },
      arrived(someLead('a', 1)),
      arrived(someLead('b', 2)),
    )
    expect(feed.connection).toBe('live')
    expect(ids(feed.shown)).toBe('ba')
  })

  it('keeps leads waiting while paused and shows them all on resuming', () => {
    const paused = feedAfter(
      arrived(someLead('a', 1)),
      hold('button', true),
      arrived(someLead('b', 2)),
    )
    expect(ids(paused.shown)).toBe('a')
    expect(ids(paused.waiting)).toBe('b')
    const resumed = reduce(paused, hold('button', false))
    expect(ids(resumed.shown)).toBe('ba')
    expect(resumed.waiting).toEqual([])
  })

  it('waits until the last reason to hold is gone', () => {
    const feed = feedAfter(
      hold('button', true),
      hold('scroll', true),
      arrived(someLead('a', 1)),
      hold('scroll', false),
    )
    expect(ids(feed.waiting)).toBe('a')
    expect(ids(reduce(feed, hold('button', false)).shown)).toBe('a')
  })

  it('does not count a lead twice that the gap fill brings again', () => {
    const feed = feedAfter(
      arrived(someLead('a', 1)),
      { type: 'lost' },
      arrived(someLead('b', 2), someLead('a', 1)),
    )
    expect(feed.connection).toBe('reconnecting')
    expect(ids(feed.shown)).toBe('ba')
  })

  it('drops what the pages hold after a refetch, and keeps what came meanwhile', () => {
    const before = feedAfter(arrived(someLead('a', 1)))
    const meanwhile = reduce(before, arrived(someLead('b', 2)))
    expect(ids(reduce(meanwhile, { type: 'refetched', leads: before.shown }).shown)).toBe('b')
  })

  it('does not change when told what it knows', () => {
    expect(reduce(EMPTY, hold('pointer', false))).toBe(EMPTY)
  })
})

describe('matches', () => {
  it('filters by state and by the beginning of the e-mail address, in any case', () => {
    const held = someLead('ada', 1, { state: 'held' })
    expect(matches(held, {})).toBe(true)
    expect(matches(held, { state: 'held', q: ' ADA@' })).toBe(true)
    expect(matches(held, { state: 'queued' })).toBe(false)
    expect(matches(held, { q: 'acme' })).toBe(false)
    expect(matches(someLead('x', 1, { email: null }), { q: 'a' })).toBe(false)
  })
})

describe('visible', () => {
  const page = (next_cursor: string | null, ...items: LeadSummary[]) => ({ items, next_cursor })

  it('puts live leads before the pages and says which are news', () => {
    const shown = visible(
      [someLead('c', 3), someLead('b', 2)],
      [page(null, someLead('b', 2), someLead('a', 1))],
      {},
    )
    expect(ids(shown.leads)).toBe('cba')
    expect([...shown.news]).toEqual(['c'])
  })

  it('leaves out a live lead whose place is on a page not fetched yet', () => {
    const pages = [page('more', someLead('c', 3), someLead('b', 2))]
    expect(ids(visible([someLead('a', 1)], pages, {}).leads)).toBe('cb')
    expect(ids(visible([someLead('a', 1)], [page(null, someLead('b', 2))], {}).leads)).toBe('ba')
  })

  it('takes a lead out when a new decision moves it out of the filter', () => {
    const assigned = someLead('a', 1)
    const pages = [page(null, someLead('b', 2, { state: 'held' }), { ...assigned, state: 'held' })]
    expect(ids(visible([assigned], pages, { state: 'held' }).leads)).toBe('b')
  })
})
