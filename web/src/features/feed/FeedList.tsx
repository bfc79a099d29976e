import { Button } from '@mantine/core'
import { IconArrowUp, IconInbox, IconSearchOff } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type LeadFilter, leadsQuery } from '@/api/queries/leads'
import { counted } from '@/lib/numbers'
import { Message } from '@/ui/Message'
import css from './FeedList.module.css'
import { FeedRow } from './FeedRow'
import { type Feed, visible } from './feed'
import type { FeedStore } from './store'
import { useHolds } from './useHolds'

type Props = { feed: Feed; store: FeedStore; filter: LeadFilter; onClearFilter: () => void }

/** The leads, newest first. While the reader is busy with them, new ones wait. */
export function FeedList({ feed, store, filter, onClearFilter }: Props) {
  const list = useSuspenseInfiniteQuery(leadsQuery(filter))
  const { top, rows } = useHolds(store)
  const { leads, news } = visible(feed.shown, list.data.pages, filter)
  const missed = feed.holds.has('scroll') && !feed.holds.has('button') ? feed.waiting.length : 0

  return (
    <div className={css.frame}>
      <div className={css.top} ref={top} aria-hidden />
      {missed > 0 && (
        <div className={css.missed}>
          <Button
            radius="xl"
            leftSection={<IconArrowUp className={css.icon} stroke={2} aria-hidden />}
            onClick={() => window.scrollTo({ top: 0 })}
          >
            {counted(missed, 'new lead')}
          </Button>
        </div>
      )}
      {leads.length === 0 ? (
        <Nothing filtered={Boolean(filter.state ?? filter.q)} onClearFilter={onClearFilter} />
      ) : (
        <ol className={css.rows} ref={rows} aria-label="Leads, newest first">
          {leads.map((lead) => (
            <FeedRow key={lead.id} lead={lead} news={news.has(lead.id)} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <div className={css.more}>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      )}
    </div>
  )
}

function Nothing({ filtered, onClearFilter }: { filtered: boolean; onClearFilter: () => void }) {
  if (filtered) {
    return (
      <Message
        icon={IconSearchOff}
        title="No lead fits this filter"
        action={
          <Button variant="default" onClick={onClearFilter}>
            Show all leads
          </Button>
        }
      >
        Leads that fit will appear here by themselves as they come in.
      </Message>
    )
  }
  return (
    <Message icon={IconInbox} title="No leads yet">
      Leads appear here the moment they are routed, from the API, a web form or an imported file.
    </Message>
  )
}
