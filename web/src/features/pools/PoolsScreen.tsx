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
        lead="A pool shares its leads among the members at work, by their weights. Balances are in leads: + is owed, − is ahead. Whoever is away neither gains nor loses."
      />
      <Await skeleton={<PoolsSkeleton />}>
        <PoolList />
      </Await>
    </>
  )
}
