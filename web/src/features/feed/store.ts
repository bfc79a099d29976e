import type { FeedListener } from '@/api/stream'
import type { LeadSummary } from '@/api/types'
import { EMPTY, type FeedEvent, type Hold, MOST_SHOWN, newestFirst, reduce } from './feed'

/** The world as the feed needs it. */
export type FeedPorts = {
  follow: (listener: FeedListener, signal: AbortSignal) => Promise<void>
  /** The newest leads of every kind, as listed. */
  newest: (signal: AbortSignal) => Promise<readonly LeadSummary[]>
  /** Fetches the lists afresh, and only as far as their first page. */
  refetch: () => Promise<void>
}

export type FeedStore = ReturnType<typeof createFeed>

/** Joins the stream to the lists: fills the gap after each (re)connection and keeps both small. */
export function createFeed(ports: FeedPorts) {
  let feed = EMPTY
  let newest: LeadSummary | undefined
  let refetching = false
  const listeners = new Set<() => void>()

  function dispatch(event: FeedEvent) {
    feed = reduce(feed, event)
    for (const listener of listeners) listener()
    if (feed.shown.length > MOST_SHOWN) void refetch()
  }

  async function refetch() {
    if (refetching) return
    refetching = true
    const leads = feed.shown
    await ports
      .refetch()
      .then(() => dispatch({ type: 'refetched', leads }))
      .catch(() => undefined)
    refetching = false
  }

  function arrive(leads: readonly LeadSummary[]) {
    for (const lead of leads) {
      if (!newest || newestFirst(lead, newest) < 0) newest = lead
    }
    dispatch({ type: 'arrived', leads })
  }

  async function fillGap(signal: AbortSignal) {
    const seen = newest
    const leads = await ports.newest(signal)
    const reaches = !seen || leads.some((lead) => newestFirst(lead, seen) >= 0)
    if (reaches) arrive(leads)
    else await refetch()
  }

  return {
    state: () => feed,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    hold: (why: Hold, on: boolean) => dispatch({ type: 'hold', why, on }),
    /** Follows the feed until the returned function is called. */
    start() {
      const controller = new AbortController()
      const { signal } = controller
      void ports.follow(
        {
          ready() {
            dispatch({ type: 'connected' })
            void fillGap(signal).catch(() => undefined)
          },
          lead: (lead) => arrive([lead]),
          lost: () => dispatch({ type: 'lost' }),
        },
        signal,
      )
      return () => controller.abort()
    },
  }
}
