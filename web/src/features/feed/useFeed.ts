import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { newestLeads } from '@/api/queries/leads'
import { followFeed } from '@/api/stream'
import type { LeadPage } from '@/api/types'
import type { Feed } from './feed'
import { createFeed, type FeedStore } from './store'

type Pages = InfiniteData<LeadPage>

const firstOf = (data: Pages | undefined): Pages | undefined =>
  data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) }

/** Follows the live feed while the caller is on the screen. */
export function useFeed(): [Feed, FeedStore] {
  const queries = useQueryClient()
  const [store] = useState(() =>
    createFeed({
      follow: followFeed,
      newest: newestLeads,
      refetch() {
        queries.setQueriesData<Pages>({ queryKey: ['leads'] }, firstOf)
        return queries.invalidateQueries({ queryKey: ['leads'] })
      },
    }),
  )
  useEffect(() => store.start(), [store])
  return [useSyncExternalStore(store.subscribe, store.state, store.state), store]
}
