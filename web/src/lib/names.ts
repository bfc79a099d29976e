const TINTS = 6

/** Of the FNV-1a hash: cheap, and spreads ids that differ in a digit. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** Up to two initials: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words.at(0)?.at(0) ?? ''
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

/** Which of the avatar tints, 1 to 6, belongs to `id`: always the same one. */
export function tint(id: string): number {
  let hash = FNV_OFFSET
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), FNV_PRIME)
  return ((hash >>> 8) % TINTS) + 1
}

/** A field's or outcome's stored name in words: "meeting_booked" is "Meeting booked". */
export function label(name: string): string {
  const words = name
    .replace(/^attributes\./, '')
    .replaceAll('_', ' ')
    .trim()
  const known = KNOWN.get(words)
  if (known) return known
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1)
}

const KNOWN = new Map([
  ['email', 'E-mail'],
  ['email domain', 'E-mail domain'],
  ['email kind', 'E-mail kind'],
  ['no show', 'No-show'],
])
