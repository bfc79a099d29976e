import { expect, it } from 'vitest'
import { gateWords } from './words'

it.each([
  ['is on leave until Monday 09:00', 'On leave until Monday 09:00'],
  ['has no working hours', 'Has no working hours'],
])('says "%s" by itself', (words, alone) => {
  expect(gateWords({ code: 'x', words })).toBe(alone)
})
