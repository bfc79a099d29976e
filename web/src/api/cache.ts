import { QueryClient } from '@tanstack/react-query'
import { isTransient } from './errors'

const STALE_MS = 10_000
const RETRIES = 2

/** The cache of the server's state. Refusals are final; what is transient is tried again. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < RETRIES && isTransient(error),
      },
      mutations: { retry: false },
    },
  })
