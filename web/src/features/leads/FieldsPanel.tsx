import { useSuspenseQuery } from '@tanstack/react-query'
import { leadQuery } from '@/api/queries/leads'
import { label } from '@/lib/names'
import { counted } from '@/lib/numbers'
import { Panel } from '@/ui/Panel'
import { type Comparison, compare, marked } from './compare'
import css from './FieldsPanel.module.css'

/** Clean values beside what was received, and what was changed. */
export function FieldsPanel({ id }: { id: string }) {
  const { data: lead } = useSuspenseQuery(leadQuery(id))
  const lines = compare(lead.raw, lead.clean, lead.notes)
  const touched = lines.filter(({ change }) => change === 'changed' || change === 'dropped').length
  const note = touched === 0 ? 'As received' : `${counted(touched, 'field')} cleaned`
  return (
    <Panel title="Details" note={note} flush>
      <dl className={css.fields}>
        {lines.map((line) => (
          <div key={line.field} className={css.field} data-change={line.change}>
            <dt className={css.label}>{label(line.field)}</dt>
            <dd className={css.values}>
              <Values line={line} />
            </dd>
          </div>
        ))}
        {marked(lead.marks).map(({ name, value }) => (
          <div key={name} className={css.field}>
            <dt className={css.label}>{name}</dt>
            <dd className={css.values}>
              <span className={css.clean}>{value}</span>
              <span className={css.why}>set by a rule</span>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Values({ line: { change, raw, clean, why } }: { line: Comparison }) {
  const reason = why.join(', ')
  switch (change) {
    case 'kept':
      return <span className={css.clean}>{clean}</span>
    case 'derived':
      return (
        <>
          <span className={css.clean}>{clean}</span>
          <span className={css.why}>{reason || 'derived'}</span>
        </>
      )
    case 'changed':
      return (
        <>
          <span className={css.clean}>{clean}</span>
          <span className={css.raw}>
            received <q>{raw}</q>
            {reason && <span className={css.why}>, {reason}</span>}
          </span>
        </>
      )
    case 'dropped':
      return (
        <>
          <span className={css.dropped}>not used</span>
          <span className={css.raw}>
            received <q>{raw}</q>
            {reason && <span className={css.why}>, {reason}</span>}
          </span>
        </>
      )
  }
}
