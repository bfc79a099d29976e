import { describe, expect, it } from 'vitest'
import { compare, marked } from './compare'

const line = (raw: Record<string, unknown>, clean: Record<string, unknown>, field: string) =>
  compare(raw, clean, []).find((each) => each.field === field)

describe('compare', () => {
  it('says what became of each field', () => {
    expect(line({ city: 'Berlin' }, { city: 'Berlin' }, 'city')?.change).toBe('kept')
    expect(line({ country: 'deutschland' }, { country: 'DE' }, 'country')?.change).toBe('changed')
    expect(line({ phone: 'n/a' }, { phone: null }, 'phone')?.change).toBe('dropped')
    expect(line({}, { seniority: 'vp' }, 'seniority')?.change).toBe('derived')
  })

  it('sets the domain beside the website it came from', () => {
    const lines = compare({ website: 'https://www.acme.de/x' }, { domain: 'acme.de' }, [])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      field: 'domain',
      raw: 'https://www.acme.de/x',
      clean: 'acme.de',
    })
  })

  it('shows a website that gave no domain as dropped', () => {
    expect(line({ website: '??' }, {}, 'domain')?.change).toBe('dropped')
  })

  it('joins a name again that came in one piece', () => {
    const lines = compare({ name: 'ada LOVELACE' }, { first_name: 'Ada', last_name: 'Lovelace' }, [
      {
        field: 'last_name',
        from: 'LOVELACE',
        to: 'Lovelace',
        why: 'upper and lower case repaired',
      },
    ])
    expect(lines).toEqual([
      {
        field: 'name',
        raw: 'ada LOVELACE',
        clean: 'Ada Lovelace',
        change: 'changed',
        why: ['upper and lower case repaired'],
      },
    ])
  })

  it('keeps the usual order and puts attributes last', () => {
    const raw = { attributes: { utm: 'ads' }, email: 'a@b.co', first_name: 'A', employees: 50 }
    expect(compare(raw, {}, []).map((each) => each.field)).toEqual([
      'first_name',
      'email',
      'employees',
      'utm',
    ])
  })
})

describe('marked', () => {
  it('has a line for all tags, one for the priority, and one for each attribute', () => {
    const marks = { tags: ['hot', 'partner'], priority: 'high', attributes: { tier: 'A' } }
    expect(marked(marks)).toEqual([
      { name: 'Tags', value: 'hot, partner' },
      { name: 'Priority', value: 'high' },
      { name: 'tier', value: 'A' },
    ])
    expect(marked({ tags: [], priority: null, attributes: {} })).toEqual([])
  })
})
