import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../client'
import { unwrap } from '../errors'
import type { LeadState } from '../types'

/** Which leads to list. */
export type LeadFilter = { state?: LeadState; q?: string }

/** Leads newest first, page by page. */
export const leadsQuery = (filter: LeadFilter) =>
  infiniteQueryOptions({
    queryKey: ['leads', filter],
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await client.GET('/v1/leads', {
          params: { query: { ...filter, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: NO_CURSOR,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

const NO_CURSOR: string | undefined = undefined

/** One lead with what was received, what was made of it, and who has had it. */
export const leadQuery = (lead: string) =>
  queryOptions({
    queryKey: ['lead', lead],
    queryFn: async ({ signal }) =>
      unwrap(await client.GET('/v1/leads/{lead}', { params: { path: { lead } }, signal })),
  })

/** Why the lead went where it went. */
export const whyQuery = (lead: string) =>
  queryOptions({
    queryKey: ['lead', lead, 'why'],
    queryFn: async ({ signal }) =>
      unwrap(await client.GET('/v1/leads/{lead}/why', { params: { path: { lead } }, signal })),
  })

/** The newest leads of every kind, outside the cache: fills the gap after a broken feed. */
export const newestLeads = async (signal: AbortSignal) =>
  unwrap(await client.GET('/v1/leads', { params: { query: { limit: 200 } }, signal })).items
