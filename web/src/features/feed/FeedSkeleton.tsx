import { Skeleton } from '@mantine/core'
import css from './FeedSkeleton.module.css'

const ROWS = ['58%', '44%', '66%', '50%', '60%', '40%', '54%', '48%', '62%', '46%']

/** The feed before its first page is there, row for row. */
export function FeedSkeleton() {
  return (
    <div className={css.rows} aria-busy="true" aria-label="Loading leads" role="status">
      {ROWS.map((width) => (
        <div className={css.row} key={width}>
          <Skeleton height="var(--text-sm)" width={width} />
          <Skeleton height="var(--text-sm)" width="70%" />
          <Skeleton height="var(--text-sm)" width={width} />
          <Skeleton height="var(--text-sm)" width="90%" />
        </div>
      ))}
    </div>
  )
}
