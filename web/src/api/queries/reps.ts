import { queryOptions } from '@tanstack/react-query'
import { client } from '../client'
import { unwrap } from '../errors'

/** Every rep as he stands now. */
export const repsQuery = () =>
  queryOptions({
    queryKey: ['reps'],
    queryFn: async ({ signal }) => unwrap(await client.GET('/v1/reps', { signal })).items,
  })
