import { useSuspenseQuery } from '@tanstack/react-query'
import { leadQuery } from '@/api/queries/leads'
import { label } from '@/lib/names'
import { instant } from '@/lib/time'
import { Avatar } from '@/ui/Avatar'
import { Panel } from '@/ui/Panel'
import css from './HistoryPanel.module.css'

/** Who has had the lead, and since when. */
export function HistoryPanel({ id }: { id: string }) {
  const { data: lead } = useSuspenseQuery(leadQuery(id))
  return (
    <Panel title="Owners">
      {lead.history.length === 0 ? (
        <p className={css.none}>Nobody has owned this lead yet.</p>
      ) : (
        <ol className={css.list}>
          {lead.history.map((each) => (
            <li key={each.assignment_id} className={css.item}>
              <Avatar id={each.rep.id} name={each.rep.name} />
              <div>
                <p className={css.what}>{each.rep.name}</p>
                <p className={css.when}>
                  {each.pool && `${each.pool.name}, `}
                  {each.ended_at ? 'from ' : 'since '}
                  <time dateTime={each.started_at}>{instant(each.started_at)}</time>
                  {each.ended_at && (
                    <>
                      {' '}
                      to <time dateTime={each.ended_at}>{instant(each.ended_at)}</time>
                    </>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

/** What came of the lead. */
export function OutcomesPanel({ id }: { id: string }) {
  const { data: lead } = useSuspenseQuery(leadQuery(id))
  return (
    <Panel title="Outcomes">
      {lead.outcomes.length === 0 ? (
        <p className={css.none}>Nothing has come of it yet.</p>
      ) : (
        <ol className={css.list}>
          {lead.outcomes.map((outcome) => (
            <li key={`${outcome.kind} ${outcome.at}`} className={css.outcome}>
              <span className={css.what}>{label(outcome.kind)}</span>
              <time className={css.when} dateTime={outcome.at}>
                {instant(outcome.at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
