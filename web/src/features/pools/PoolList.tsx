import { IconUsersGroup } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { poolsQuery } from '@/api/queries/pools'
import { Message } from '@/ui/Message'
import { PoolCard } from './PoolCard'
import css from './PoolList.module.css'

/** The pools as cards. */
export function PoolList() {
  const { data: pools } = useSuspenseQuery(poolsQuery())
  if (pools.length === 0) {
    return (
      <Message icon={IconUsersGroup} title="No pools yet">
        A pool shares the leads of a team fairly among its members.
      </Message>
    )
  }
  return (
    <div className={css.cards}>
      {pools.map((pool) => (
        <PoolCard key={pool.id} pool={pool} />
      ))}
    </div>
  )
}
