import { describe, expect, it } from 'vitest'
import type { Rules } from '@/api/types'
import { apply, inverse, moved } from './change'

const rule = (id: string, position: number) => ({
  id,
  position,
  name: id.toUpperCase(),
  enabled: true,
  condition: {},
  condition_words: '',
  action: {},
  action_words: '',
  owner_first: true,
  matched_30d: 0,
})

const rules: Rules = {
  ruleset_id: 'ruleset_1',
  version: 7,
  published_at: '2026-01-01T00:00:00Z',
  rules: [rule('a', 1), rule('b', 2), rule('c', 3)],
  catch_all: { action: {}, action_words: '', matched_30d: 0 },
}

const order = (each: Rules) => each.rules.map(({ id, position }) => `${id}${position}`).join(' ')

describe('moving a rule', () => {
  it('renumbers the others', () => {
    const change = moved(rules, 2, 0)
    expect(change?.words).toBe('“C” moved to position 1')
    expect(change && order(apply(rules, change))).toBe('c1 a2 b3')
  })

  it('is nothing when it stays or would leave the list', () => {
    expect(moved(rules, 1, 1)).toBeUndefined()
    expect(moved(rules, 0, -1)).toBeUndefined()
    expect(moved(rules, 2, 3)).toBeUndefined()
    expect(moved(rules, 9, 0)).toBeUndefined()
  })
})

describe('the inverse', () => {
  it('takes back a move and a switch', () => {
    const changes = [
      moved(rules, 0, 2),
      { kind: 'switch', rule: 'b', enabled: false, words: '' } satisfies Parameters<
        typeof apply
      >[1],
    ]
    for (const change of changes) {
      if (!change) throw new Error('the move is real')
      const after = apply(rules, change)
      expect(after).not.toEqual(rules)
      expect(apply(after, inverse(rules, change))).toEqual(rules)
    }
  })
})

it('leaves out a rule that is gone rather than inventing one', () => {
  expect(order(apply(rules, { kind: 'order', order: ['c', 'x', 'a'], words: '' }))).toBe('c1 a2')
})
