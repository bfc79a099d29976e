import { queryOptions } from '@tanstack/react-query'
import { client } from '../client'
import { unwrap } from '../errors'
import type { NewCredit } from '../types'

const REFRESH_MS = 15_000

/** Every pool with its members' balances, kept up to date while it is on the screen. */
export const poolsQuery = () =>
  queryOptions({
    queryKey: ['pools'],
    queryFn: async ({ signal }) => unwrap(await client.GET('/v1/pools', { signal })).items,
    refetchInterval: REFRESH_MS,
  })

const LEDGER_LINES = 20

/** The latest entries of a pool's ledger, newest first. */
export const ledgerQuery = (pool: string) =>
  queryOptions({
    queryKey: ['pools', pool, 'ledger'],
    queryFn: async ({ signal }) => {
      const params = { path: { pool }, query: { limit: LEDGER_LINES } }
      return unwrap(await client.GET('/v1/pools/{pool}/ledger', { params, signal })).items
    },
    refetchInterval: REFRESH_MS,
  })

/** Gives a member of a pool turns by hand, or takes them. */
export const grantCredit = async (pool: string, body: NewCredit) =>
  unwrap(await client.POST('/v1/pools/{pool}/credits', { params: { path: { pool } }, body }))
