import { expect, it } from 'vitest'
import { move } from './move'

it('moves an item up and down', () => {
  expect(move(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(move(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
})

it('clamps a place beyond the ends', () => {
  expect(move(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a'])
  expect(move(['a', 'b', 'c'], 2, -4)).toEqual(['c', 'a', 'b'])
})

it('leaves the list alone when there is nothing to move', () => {
  expect(move(['a'], 5, 0)).toEqual(['a'])
  expect(move([], 0, 0)).toEqual([])
})
