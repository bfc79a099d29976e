import { Skeleton } from '@mantine/core'
import css from './PoolList.module.css'

/** The pools before they are there. */
export function PoolsSkeleton() {
  return (
    <div className={css.cards} role="status" aria-busy="true" aria-label="Loading pools">
      {['a', 'b', 'c', 'd'].map((key) => (
        <Skeleton key={key} height="var(--block-lg)" radius="lg" />
      ))}
    </div>
  )
}
