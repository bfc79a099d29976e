import type { Marks, Note } from '@/api/types'

/** A field as it came and as it is used. */
export type Comparison = {
  field: string
  raw: string | undefined
  clean: string | undefined
  /** What became of it; `derived` was worked out from other fields. */
  change: 'kept' | 'changed' | 'dropped' | 'derived'
  /** Why it was changed, in words. */
  why: string[]
}

/** What rules wrote on a lead, as lines of their own. */
export function marked({ tags, priority, attributes }: Marks): { name: string; value: string }[] {
  const set = Object.entries(attributes).map(([name, value]) => ({ name, value }))
  return [
    ...(tags.length > 0 ? [{ name: 'Tags', value: tags.join(', ') }] : []),
    ...(priority ? [{ name: 'Priority', value: priority }] : []),
    ...set,
  ]
}

type Texts = Map<string, string>
type Values = Readonly<Record<string, unknown>>

const ORDER = [
  'name',
  'first_name',
  'last_name',
  'email',
  'email_domain',
  'email_kind',
  'phone',
  'company',
  'domain',
  'title',
  'seniority',
  'function',
  'country',
  'state',
  'city',
  'postal_code',
  'employees',
  'industry',
  'message',
]

/** Clean fields that show beside a raw field of another name. */
const RAW_NAME = new Map([['domain', 'website']])

/** Fields that have no line of their own: another line, or the page's head, shows them. */
const SHOWN_ELSEWHERE = new Set(['website', 'source'])

/** Every field of a lead once: raw beside clean, with what was changed and why. */
export function compare(
  rawValues: Values,
  cleanValues: Values,
  notes: readonly Note[],
): Comparison[] {
  const [raw, clean] = joinName(flat(rawValues), flat(cleanValues))
  const fields = new Set([...raw.keys(), ...clean.keys()])
  if (raw.has('website')) fields.add('domain')
  return [...fields]
    .filter((field) => !SHOWN_ELSEWHERE.has(field))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((field) => {
      const before = raw.get(RAW_NAME.get(field) ?? field) ?? raw.get(field)
      const after = clean.get(field)
      const why = notes.filter((note) => concerns(note, field)).map((note) => note.why)
      return { field, raw: before, clean: after, change: changeOf(before, after), why }
    })
}

function changeOf(raw: string | undefined, clean: string | undefined): Comparison['change'] {
  if (raw === undefined) return 'derived'
  if (clean === undefined) return 'dropped'
  return raw === clean ? 'kept' : 'changed'
}

const concerns = (note: Note, field: string): boolean =>
  note.field === field ||
  note.field === RAW_NAME.get(field) ||
  (field === 'name' && (note.field === 'first_name' || note.field === 'last_name'))

const rank = (field: string): number => {
  const at = ORDER.indexOf(field)
  return at === -1 ? ORDER.length : at
}

/** Puts the parts of a clean name together again when the name came in one piece. */
function joinName(raw: Texts, clean: Texts): [Texts, Texts] {
  if (!raw.has('name') || raw.has('first_name') || raw.has('last_name')) {
    return [raw, clean]
  }
  const joined = new Map(clean)
  const name = [clean.get('first_name'), clean.get('last_name')].filter(Boolean).join(' ')
  joined.delete('first_name')
  joined.delete('last_name')
  if (name !== '') joined.set('name', name)
  return [raw, joined]
}

/** Values as text; empty ones and absent ones are absent; attributes by their own names. */
function flat(values: Values): Texts {
  const texts: Texts = new Map()
  for (const [field, value] of Object.entries(values)) {
    if (typeof value === 'object' && value !== null) {
      for (const [name, text] of flat({ ...value })) texts.set(name, text)
    } else if (value !== null && value !== undefined && value !== '') {
      texts.set(field, String(value))
    }
  }
  return texts
}
