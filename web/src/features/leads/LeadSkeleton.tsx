import { Skeleton } from '@mantine/core'
import { Title } from '@/ui/Title'
import css from './LeadSkeleton.module.css'

/** A lead's page before the lead is there. */
export function LeadSkeleton() {
  return (
    <div className={css.page} role="status" aria-busy="true" aria-label="Loading the lead">
      <Title>Lead</Title>
      <div className={css.header}>
        <Skeleton circle height="var(--avatar-lg)" />
        <div className={css.words}>
          <Skeleton height="var(--text-2xl)" width="40%" />
          <Skeleton height="var(--text-sm)" width="60%" />
        </div>
      </div>
      <div className={css.columns}>
        <Skeleton height="var(--block-lg)" radius="lg" />
        <Skeleton height="var(--block-lg)" radius="lg" />
      </div>
    </div>
  )
}
