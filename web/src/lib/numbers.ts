const whole = new Intl.NumberFormat('en')
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const hundredths = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const percent = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** A count with thousands separators: "20,000". */
export const count = (value: number): string => whole.format(value)

/** A count and its noun: "1 lead", "2 leads". */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${whole.format(value)} ${value === 1 ? noun : plural}`

/** A share between 0 and 1: "12.5%". */
export const share = (value: number): string => percent.format(value)

/** A number of leads that need not be whole: "14.3". */
export const leads = (value: number): string => tenths.format(value)

/** A balance with its sign, to a hundredth of a lead: "+0.25", "−1.5", "0". */
export function signed(value: number): string {
  const rounded = Math.round(value * 100) / 100
  if (rounded === 0) return '0'
  return `${rounded > 0 ? '+' : '−'}${hundredths.format(Math.abs(rounded))}`
}

/** What a balance means: the pool owes the rep leads, or he is ahead of his share. */
export function balanceWords(value: number): string {
  const rounded = Math.round(value * 100) / 100
  if (rounded === 0) return 'even'
  return `${hundredths.format(Math.abs(rounded))} ${rounded > 0 ? 'owed' : 'ahead'}`
}
