import { expect, it } from 'vitest'
import type { PoolSettings } from '@/api/types'
import { gateWords, settingsWords } from './words'

it.each([
  ['is on leave until Monday 09:00', 'On leave until Monday 09:00'],
  ['has no working hours', 'Has no working hours'],
])('says "%s" by itself', (words, alone) => {
  expect(gateWords({ code: 'x', words })).toBe(alone)
})

it('says nothing of a pool that is as pools are made, and a phrase for each thing that is not', () => {
  const made: PoolSettings = {
    skills: [],
    distribution: 'weighted_round_robin',
    absence: { policy: 'forgive' },
    overflow: { policy: 'hold' },
  }
  expect(settingsWords(made)).toEqual([])
  const changed: PoolSettings = {
    skills: ['german'],
    distribution: 'least_loaded',
    absence: { policy: 'repay', per_day: 1 },
    overflow: { policy: 'assign_anyway' },
  }
  expect(settingsWords(changed)).toEqual([
    'requires german',
    'to the least loaded',
    'repays absences, at most 1 lead a day',
    'assigns anyway when nobody is available',
  ])
})
