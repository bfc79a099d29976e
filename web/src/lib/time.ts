const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const shortDate = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/**
 * How long ago `time` was, as of `now` in milliseconds: "now", "3 min. ago", "2 hr. ago".
 *
 * More than four weeks ago it is a date. A clock that runs a little behind shows "now".
 */
export function ago(time: string, now: number): string {
  const then = Date.parse(time)
  if (Number.isNaN(then)) return ''
  const seconds = Math.round((now - then) / 1000)
  if (seconds < 5) return 'now'
  if (seconds < MINUTE) return relative.format(-seconds, 'second')
  if (seconds < HOUR) return relative.format(-Math.floor(seconds / MINUTE), 'minute')
  if (seconds < DAY) return relative.format(-Math.floor(seconds / HOUR), 'hour')
  if (seconds < 4 * WEEK) return relative.format(-Math.floor(seconds / DAY), 'day')
  return shortDate.format(then)
}

/**
 * Compares two UTC instants as the API writes them: negative when `a` is earlier.
 *
 * Their text alone does not order them, because a fraction of a second may be left out or short;
 * and a `Date` would lose the microseconds.
 */
export function compareInstants(a: string, b: string): number {
  const [x, y] = [padded(a), padded(b)]
  if (x === y) return 0
  return x < y ? -1 : 1
}

const padded = (time: string): string => {
  const [seconds = '', fraction = ''] = time.replace(/Z$/, '').split('.')
  return `${seconds}.${fraction.padEnd(FRACTION_DIGITS, '0')}`
}

const FRACTION_DIGITS = 9

/** The instant in full, in the reader's time zone: "3 Mar 2026, 14:05:09". */
export function instant(time: string): string {
  const then = Date.parse(time)
  return Number.isNaN(then) ? '' : exact.format(then)
}
