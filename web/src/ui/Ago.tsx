'use client'

import { useNow } from '@/lib/clock'
import { ago, instant } from '@/lib/time'

/** A time as "3 min. ago", with the instant itself on hover and for machines. */
export function Ago({ time }: { time: string }) {
  const now = useNow()
  return (
    <time dateTime={time} title={instant(time)}>
      {ago(time, now)}
    </time>
  )
}
