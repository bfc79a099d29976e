import type { Gate, LedgerEntry, PoolSettings } from '@/api/types'
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

/** What an entry of a ledger is about: "12 leads shared out". */
export function causeWords(entry: Pick<LedgerEntry, 'cause' | 'turns'>): string {
  switch (entry.cause) {
    case 'turns':
      return `${counted(entry.turns, 'lead')} shared out`
    case 'repay':
      return `${counted(entry.turns, 'lead')} repaid`
    case 'absence':
      return 'Shares missed while away'
    case 'returned':
      return 'A bad lead’s turn given back'
    case 'taken_away':
      return 'A lead taken away, its turn given back'
    case 'moved':
      return 'A lead moved by hand'
    default:
      return entry.cause
  }
}
