import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { count } from '@/lib/numbers'
import css from './FeedStatus.module.css'
import type { Feed } from './feed'
import type { FeedStore } from './store'

const WORDS = { connecting: 'Connecting…', live: 'Live', reconnecting: 'Reconnecting…' }

/** Whether leads come in by themselves right now. */
export function FeedStatus({ feed }: { feed: Feed }) {
  const paused = feed.connection === 'live' && feed.holds.has('button')
  return (
    <span className={css.status} role="status" data-state={paused ? 'paused' : feed.connection}>
      <span className={css.dot} aria-hidden />
      {paused ? 'Paused' : WORDS[feed.connection]}
    </span>
  )
}

/** Stops the list from moving, and says how many leads wait meanwhile. */
export function PauseButton({ feed, store }: { feed: Feed; store: FeedStore }) {
  const paused = feed.holds.has('button')
  const Mark = paused ? IconPlayerPlay : IconPlayerPause
  return (
    <Button
      className={css.pause}
      variant={paused ? 'filled' : 'default'}
      leftSection={<Mark className={css.icon} stroke={1.8} aria-hidden />}
      onClick={() => store.hold('button', !paused)}
    >
      {paused ? resume(feed.waiting.length) : 'Pause'}
    </Button>
  )
}

const resume = (waiting: number) => (waiting > 0 ? `Resume · ${count(waiting)} waiting` : 'Resume')
