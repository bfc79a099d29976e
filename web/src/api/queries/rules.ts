import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../client'
import { ApiError, unwrap } from '../errors'
import type { Backtest } from '../types'

/** The published rules in order. */
export const rulesQuery = () =>
  queryOptions({
    queryKey: ['rules'],
    queryFn: async ({ signal }) => unwrap(await client.GET('/v1/rules', { signal })),
  })

/** Publishes the rules in another order, if `version` is still the published one. */
export const publishOrder = async (version: number, order: string[]) =>
  unwrap(await client.PUT('/v1/rules/order', { body: { version, order } }))

/** Publishes the rules with one switched on or off, if `version` is still the published one. */
export const publishSwitch = async (version: number, rule: string, enabled: boolean) =>
  unwrap(
    await client.PATCH('/v1/rules/{rule}', {
      params: { path: { rule } },
      body: { version, enabled },
    }),
  )

/** The versions that were ever in force, newest first, page by page. */
export const versionsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['rules', 'versions'],
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await client.GET('/v1/rules/versions', {
          params: { query: { cursor: pageParam, limit: 20 } },
          signal,
        }),
      ),
    initialPageParam: NO_CURSOR,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

const NO_CURSOR: string | undefined = undefined

/** What leads from one version to another; both stay as they are for ever. */
export const versionDiffQuery = (from: number, to: number) =>
  queryOptions({
    queryKey: ['rules', 'diff', from, to],
    queryFn: async ({ signal }) =>
      unwrap(
        await client.GET('/v1/rules/diff', {
          params: { query: { from: String(from), to: String(to) } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What is odd about the rules in force. */
export const lintQuery = () =>
  queryOptions({
    queryKey: ['rules', 'lint'],
    queryFn: async ({ signal }) => unwrap(await client.GET('/v1/rules/lint', { signal })),
  })

/** Publishes the rules of version `to` again, if `version` is still the published one. */
export const rollBack = async (version: number, to: number) =>
  unwrap(await client.POST('/v1/rules/rollback', { body: { version, to } }))

/** Whether the signed-in member has a draft. */
export const hasDraftQuery = () =>
  queryOptions({
    queryKey: ['rules', 'draft'],
    queryFn: async ({ signal }) => {
      try {
        unwrap(await client.GET('/v1/rules/draft', { signal }))
        return true
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not-found') return false
        throw error
      }
    },
  })

/** Tries a version, or `draft`, on the leads that came since. */
export const askBacktest = async (of: string, since: Date) =>
  unwrap(await client.POST('/v1/rules/backtests', { body: { of, since: since.toISOString() } }))

/** The latest of the backtests that are kept, without their reports. */
export const backtestsQuery = () =>
  queryOptions({
    queryKey: ['rules', 'backtests'],
    queryFn: async ({ signal }) => {
      const params = { query: { limit: BACKTESTS } }
      return unwrap(await client.GET('/v1/rules/backtests', { params, signal })).items
    },
    refetchInterval: ({ state }) =>
      state.data?.some((backtest) => backtest.state === 'under_way') ? POLL_MS : false,
  })

const BACKTESTS = 20

/** A backtest as it stands, asked for again until it has ended. */
export const backtestQuery = (backtest: string) =>
  queryOptions({
    queryKey: ['backtest', backtest],
    queryFn: async ({ signal }) =>
      unwrap(
        await client.GET('/v1/rules/backtests/{backtest}', {
          params: { path: { backtest } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? POLL_MS : false),
  })

const POLL_MS = 500

/** Whether a backtest goes on. */
export const isUnderWay = (backtest: Backtest | undefined): boolean =>
  backtest?.state === 'waiting' || backtest?.state === 'running'
