import { queryOptions } from '@tanstack/react-query'
import { client } from '../client'
import { unwrap } from '../errors'

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
