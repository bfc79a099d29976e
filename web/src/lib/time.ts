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

/** The instant in full, in the reader's time zone: "3 Mar 2026, 14:05:09". */
export function instant(time: string): string {
  const then = Date.parse(time)
  return Number.isNaN(then) ? '' : exact.format(then)
}
