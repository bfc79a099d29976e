import { Skeleton } from '@mantine/core'
import list from './PoolList.module.css'
import css from './PoolsSkeleton.module.css'

const POOLS = ['40%', '52%', '34%', '46%']
const MEMBERS = ['62%', '48%', '56%', '44%']

/** The pools before they are there. */
export function PoolsSkeleton() {
  return (
    <div className={list.cards} role="status" aria-busy="true" aria-label="Loading pools">
      {POOLS.map((width) => (
        <div className={css.card} key={width}>
          <div className={css.header}>
            <Skeleton height="var(--text-md)" width={width} />
          </div>
          {MEMBERS.map((name) => (
            <div className={css.row} key={name}>
              <Skeleton circle height="var(--avatar-sm)" />
              <Skeleton height="var(--text-sm)" width={name} />
              <Skeleton height="var(--bar)" />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
