import type { Gate, PoolSettings } from '@/api/types'
import { counted } from '@/lib/numbers'

/** What keeps leads from a rep, by itself: "is on leave until Monday" is "On leave until Monday". */
export function gateWords(gate: Gate): string {
  const words = gate.words.replace(/^is /, '')
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1)
}

/** How a pool shares its leads, where it is not as pools are made: one phrase each. */
export function settingsWords(settings: PoolSettings): string[] {
  const { skills, distribution, absence, overflow } = settings
  const words = []
  if (skills.length > 0) words.push(`requires ${skills.join(', ')}`)
  if (distribution === 'least_loaded') words.push('to the least loaded')
  if (absence.policy === 'repay') {
    words.push(`repays absences, at most ${counted(absence.per_day, 'lead')} a day`)
  }
  if (overflow.policy === 'fallback') words.push('overflows to another pool')
  if (overflow.policy === 'assign_anyway') words.push('assigns anyway when nobody is available')
  return words
}
