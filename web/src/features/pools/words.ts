import type { Gate } from '@/api/types'

/** What keeps leads from a rep, by itself: "is on leave until Monday" is "On leave until Monday". */
export function gateWords(gate: Gate): string {
  const words = gate.words.replace(/^is /, '')
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1)
}
