import { describe, expect, it } from 'vitest'
import { initials, label, tint } from './names'

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['Ana María de la Cruz', 'AC'],
    ['Cher', 'C'],
    ['  émile  zola ', 'ÉZ'],
    ['', ''],
  ])('of "%s" are "%s"', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })
})

describe('tint', () => {
  it('is one of six and never changes', () => {
    for (const id of ['rep_1', 'rep_2', '', 'rep_ffffffff']) {
      expect(tint(id)).toBe(tint(id))
      expect([1, 2, 3, 4, 5, 6]).toContain(tint(id))
    }
  })
})

describe('label', () => {
  it.each([
    ['meeting_booked', 'Meeting booked'],
    ['email_kind', 'E-mail kind'],
    ['attributes.utm_source', 'Utm source'],
  ])('of %s is "%s"', (name, words) => {
    expect(label(name)).toBe(words)
  })
})
