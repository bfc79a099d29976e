import { useSuspenseQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { whyQuery } from '@/api/queries/leads'
import type { Why } from '@/api/types'
import { instant } from '@/lib/time'
import { Panel } from '@/ui/Panel'
import { Candidates } from './Candidates'
import { Ladder } from './Ladder'
import { Replaying } from './Replaying'
import css from './WhyPanels.module.css'
import { leadHref } from './words'

/** Why: the sentence, then the rules one by one, then the people. As it was then, never recomputed. */
export function WhyPanels({ id }: { id: string }) {
  const { data: why } = useSuspenseQuery(whyQuery(id))
  return (
    <>
      <section className={css.sentence} aria-label="Why">
        <p className={css.words}>{why.sentence}</p>
        <Recognised {...why.recognised} />
        {why.cohorts.map((cohort) => (
          <p className={css.recognised} key={cohort.experiment}>
            {cohort.words}
          </p>
        ))}
        <p className={css.when}>
          Decided <time dateTime={why.decided_at}>{instant(why.decided_at)}</time> by version{' '}
          {why.ruleset_version} of the rules. <Replaying decision={why.decision} />
        </p>
      </section>
      <Panel title="Rules, in order" note="The first that matches wins" flush>
        <Ladder why={why} />
      </Panel>
      {why.pools.map(({ pool, candidates }) => (
        <Panel
          key={pool.id}
          title={`Who could take it: ${pool.name}`}
          note="As things stood at that moment"
          flush
        >
          <Candidates pool={pool.name} candidates={candidates} />
        </Panel>
      ))}
    </>
  )
}

/** Who the lead is to the workspace, and by what it was told. */
function Recognised({ duplicate, account }: Why['recognised']) {
  return (
    <>
      {duplicate && (
        <p className={css.recognised}>
          {duplicate.words} <Link href={leadHref(duplicate.lead_id)}>Show that lead</Link>
        </p>
      )}
      {account && <p className={css.recognised}>{account.words}</p>}
    </>
  )
}
