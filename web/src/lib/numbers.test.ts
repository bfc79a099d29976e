import { describe, expect, it } from 'vitest'
import { balanceWords, count, counted, leads, share, signed } from './numbers'

describe('numbers', () => {
  it('separates thousands', () => {
    expect(count(20_000)).toBe('20,000')
  })

  it('agrees the noun with the count', () => {
    expect(counted(1, 'lead')).toBe('1 lead')
    expect(counted(0, 'lead')).toBe('0 leads')
    expect(counted(2, 'entry', 'entries')).toBe('2 entries')
  })

  it('keeps columns aligned by always showing a tenth', () => {
    expect(share(0.125)).toBe('12.5%')
    expect(share(1)).toBe('100.0%')
    expect(leads(14)).toBe('14.0')
  })

  it('signs a balance, and gives a rounding remainder no sign', () => {
    expect(signed(0.254)).toBe('+0.25')
    expect(signed(-1.5)).toBe('−1.5')
    expect(signed(-0.001)).toBe('0')
  })

  it('says which way a balance leans', () => {
    expect(balanceWords(0.8)).toBe('0.8 owed')
    expect(balanceWords(-0.8)).toBe('0.8 ahead')
    expect(balanceWords(0.004)).toBe('even')
  })
})
