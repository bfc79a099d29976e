import { expect, it } from 'vitest'
import type { LeadFilter } from '@/api/queries/leads'
import { readFilter, writeFilter } from './filter'

it('reads back what it wrote', () => {
  const filters: LeadFilter[] = [
    {},
    { state: 'held' },
    { q: 'ada@' },
    { state: 'queued', q: 'x y' },
  ]
  for (const filter of filters) {
    expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter)
  }
})

it('ignores a state it does not know', () => {
  expect(readFilter(new URLSearchParams('?state=lost&q='))).toEqual({})
})
