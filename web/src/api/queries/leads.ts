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

/** Why a rule did not decide about the lead, or a rep did not get it; told apart by the id. */
export const whyNotQuery = (lead: string, asked: string) =>
  queryOptions({
    queryKey: ['lead', lead, 'why-not', asked],
    queryFn: async ({ signal }) =>
      unwrap(
        asked.startsWith('rule_')
          ? await client.GET('/v1/leads/{lead}/why-not/rules/{rule}', {
              params: { path: { lead, rule: asked } },
              signal,
            })
          : await client.GET('/v1/leads/{lead}/why-not/reps/{rep}', {
              params: { path: { lead, rep: asked } },
              signal,
            }),
      ),
  })

/** What a decision comes to when it is made again. */
export const replayQuery = (decision: string) =>
  queryOptions({
    queryKey: ['decision', decision, 'replay'],
    queryFn: async ({ signal }) =>
      unwrap(
        await client.GET('/v1/decisions/{decision}/replay', {
          params: { path: { decision } },
          signal,
        }),
      ),
  })

/** The newest leads of every kind, outside the cache: fills the gap after a broken feed. */
export const newestLeads = async (signal: AbortSignal) =>
  unwrap(await client.GET('/v1/leads', { params: { query: { limit: 200 } }, signal })).items
