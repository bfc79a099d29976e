import { queryOptions } from '@tanstack/react-query'
import { client } from '../client'
import { unwrap } from '../errors'

const REFRESH_MS = 15_000

/** Every pool with its members' balances, kept up to date while it is on the screen. */
export const poolsQuery = () =>
  queryOptions({
    queryKey: ['pools'],
    queryFn: async ({ signal }) => unwrap(await client.GET('/v1/pools', { signal })).items,
    refetchInterval: REFRESH_MS,
  })
