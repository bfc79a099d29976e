import { Skeleton } from '@mantine/core'
import css from './RulesSkeleton.module.css'

const ROWS = ['38%', '52%', '44%', '60%', '48%', '36%', '56%', '42%']

/** The rules before they are there. */
export function RulesSkeleton() {
  return (
    <div className={css.rows} role="status" aria-busy="true" aria-label="Loading rules">
      {ROWS.map((width) => (
        <div className={css.row} key={width}>
          <Skeleton height="var(--text-md)" width={width} />
          <Skeleton height="var(--text-md)" width="70%" />
          <Skeleton height="var(--text-md)" width="var(--space-12)" />
        </div>
      ))}
    </div>
  )
}

/** A panel before its content is there. */
export function PanelSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label}>
      <Skeleton height="var(--block-lg)" radius="var(--radius-lg)" />
    </div>
  )
}
