'use client'

import { Await } from '@/ui/Await'
import { PageHeader } from '@/ui/PageHeader'
import { PoolList } from './PoolList'
import { PoolsSkeleton } from './PoolsSkeleton'

/** Every pool: who gets how much of it, who is owed, who is away, who is next. */
export function PoolsScreen() {
  return (
    <>
      <PageHeader
        title="Pools"
        lead="Each lead of a pool goes to a member who is at work and owed the most. Balances count in leads: + is owed, − is ahead. Whoever is away neither gains nor loses."
      />
      <Await skeleton={<PoolsSkeleton />}>
        <PoolList />
      </Await>
    </>
  )
}
