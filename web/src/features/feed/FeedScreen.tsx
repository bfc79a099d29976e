'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useDeferredValue } from 'react'
import { Await } from '@/ui/Await'
import { PageHeader } from '@/ui/PageHeader'
import { FeedFilters } from './FeedFilters'
import { FeedList } from './FeedList'
import { FeedSkeleton } from './FeedSkeleton'
import { FeedStatus, PauseButton } from './FeedStatus'
import { useFilter } from './filter'
import { useFeed } from './useFeed'

const TYPING_MS = 250

/** The live feed: every lead as it is routed. */
export function FeedScreen() {
  const [feed, store] = useFeed()
  const [filter, setFilter] = useFilter()
  const [q] = useDebouncedValue(filter.q, TYPING_MS)
  const state = useDeferredValue(filter.state)
  const settled = useDeferredValue(q)
  return (
    <>
      <PageHeader
        title="Live feed"
        lead="Every lead as it is routed, and why it went where it went."
        actions={
          <>
            <FeedStatus feed={feed} />
            <PauseButton feed={feed} store={store} />
          </>
        }
      />
      <FeedFilters filter={filter} onChange={setFilter} />
      <Await skeleton={<FeedSkeleton />}>
        <FeedList
          feed={feed}
          store={store}
          filter={{ ...(state && { state }), ...(settled && { q: settled }) }}
          onClearFilter={() => setFilter({})}
        />
      </Await>
    </>
  )
}
