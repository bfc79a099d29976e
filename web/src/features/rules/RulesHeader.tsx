import { Skeleton } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { rulesQuery } from '@/api/queries/rules'
import { instant } from '@/lib/time'
import { Ago } from '@/ui/Ago'
import { Badge } from '@/ui/Badge'
import { PageHeader } from '@/ui/PageHeader'
import css from './RulesHeader.module.css'

const WORDS = 'From the top, the first rule that matches a lead decides where it goes.'

/** Which version of the rules is in force, and since when. */
export function RulesHeader() {
  const { data } = useSuspenseQuery(rulesQuery())
  return (
    <PageHeader
      title="Rules"
      lead={WORDS}
      actions={
        <p className={css.version} title={instant(data.published_at)}>
          <Badge tone="neutral">Version {data.version}</Badge>
          <span>
            published <Ago time={data.published_at} />
          </span>
        </p>
      }
    />
  )
}

/** The same before the version is known. */
export function RulesHeaderSkeleton() {
  return (
    <PageHeader
      title="Rules"
      lead={WORDS}
      actions={<Skeleton height="var(--space-5)" width="var(--menu-width)" />}
    />
  )
}
