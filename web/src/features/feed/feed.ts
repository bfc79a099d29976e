import type { LeadFilter } from '@/api/queries/leads'
import type { LeadPage, LeadSummary } from '@/api/types'
import { compareInstants } from '@/lib/time'

/** Why new leads wait instead of moving the list: the pause button, the scroll place, the pointer. */
export type Hold = 'button' | 'scroll' | 'pointer'

/** What the live feed knows beyond the fetched pages. */
export type Feed = {
  connection: 'connecting' | 'live' | 'reconnecting'
  holds: ReadonlySet<Hold>
  /** Came in since the pages were fetched; newest first. */
  shown: readonly LeadSummary[]
  /** Came in while held; newest first. */
  waiting: readonly LeadSummary[]
}

export type FeedEvent =
  | { type: 'connected' }
  | { type: 'lost' }
  | { type: 'arrived'; leads: readonly LeadSummary[] }
  | { type: 'hold'; why: Hold; on: boolean }
  | { type: 'refetched'; leads: readonly LeadSummary[] }

/** Beyond so many shown leads the pages are fetched afresh. */
export const MOST_SHOWN = 200

export const EMPTY: Feed = { connection: 'connecting', holds: new Set(), shown: [], waiting: [] }

/** The feed after `event`. */
export function reduce(feed: Feed, event: FeedEvent): Feed {
  switch (event.type) {
    case 'connected':
      return { ...feed, connection: 'live' }
    case 'lost':
      return { ...feed, connection: 'reconnecting' }
    case 'arrived':
      return feed.holds.size > 0
        ? { ...feed, waiting: merge(event.leads, feed.waiting) }
        : { ...feed, shown: merge(event.leads, feed.shown) }
    case 'hold':
      return hold(feed, event.why, event.on)
    case 'refetched': {
      const fetched = new Set(event.leads)
      return { ...feed, shown: feed.shown.filter((lead) => !fetched.has(lead)) }
    }
  }
}

function hold(feed: Feed, why: Hold, on: boolean): Feed {
  if (feed.holds.has(why) === on) return feed
  const holds = new Set(feed.holds)
  if (on) holds.add(why)
  else holds.delete(why)
  if (holds.size > 0) return { ...feed, holds }
  return { ...feed, holds, shown: merge(feed.waiting, feed.shown), waiting: [] }
}

/** Newest received first; the id settles a tie, as in the server's list. */
export function newestFirst(a: LeadSummary, b: LeadSummary): number {
  const order = compareInstants(b.received_at, a.received_at)
  if (order !== 0 || a.id === b.id) return order
  return a.id < b.id ? 1 : -1
}

/** Both lists as one, newest first, each lead once as it was last decided. */
export function merge(a: readonly LeadSummary[], b: readonly LeadSummary[]): LeadSummary[] {
  if (a.length === 0) return [...b]
  const byId = new Map(b.map((lead) => [lead.id, lead]))
  for (const lead of a) {
    const known = byId.get(lead.id)
    if (!known || compareInstants(known.decided_at, lead.decided_at) <= 0) byId.set(lead.id, lead)
  }
  return [...byId.values()].sort(newestFirst)
}

/** Whether the server would list `lead` under `filter`. */
export function matches(lead: LeadSummary, filter: LeadFilter): boolean {
  if (filter.state && lead.state !== filter.state) return false
  const prefix = filter.q?.trim().toLowerCase() ?? ''
  return prefix === '' || (lead.email ?? '').toLowerCase().startsWith(prefix)
}

/**
 * What to show: the fetched pages with the live leads in their places, and which ids are news.
 *
 * A live lead older than the last one fetched is left out while more pages follow: its place is
 * among leads not fetched yet. A lead that no longer matches the filter leaves the list.
 */
export function visible(
  live: readonly LeadSummary[],
  pages: readonly LeadPage[],
  filter: LeadFilter,
) {
  const listed = pages.flatMap((page) => page.items)
  const known = new Set(listed.map((lead) => lead.id))
  const last = pages.at(-1)?.next_cursor ? listed.at(-1) : undefined
  const fitting = live.filter((lead) => matches(lead, filter))
  const left = new Set(live.map((lead) => lead.id))
  for (const lead of fitting) left.delete(lead.id)
  const placed = fitting.filter((lead) => !last || newestFirst(lead, last) <= 0)
  return {
    leads: merge(placed, listed).filter((lead) => !left.has(lead.id)),
    news: new Set(placed.map((lead) => lead.id).filter((id) => !known.has(id))),
  }
}
