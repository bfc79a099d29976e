import Link from 'next/link'
import type { BacktestFlow } from '@/api/types'
import { leadHref, leadName } from '@/features/leads/words'
import { counted } from '@/lib/numbers'
import css from './Backtest.module.css'

/** Flows of a single lead that are shown at once; the others say little and wait to be asked for. */
const SINGLE_SHOWN = 3

/** Who moves from where to where, and some of those leads. */
export function Flows({ flows, others }: { flows: BacktestFlow[]; others: number }) {
  if (flows.length === 0) return null
  const many = flows.filter((flow) => flow.leads > 1)
  const single = flows.filter((flow) => flow.leads === 1)
  const hidden = single.slice(SINGLE_SHOWN)
  return (
    <ul className={css.flows} aria-label="Who moves">
      {[...many, ...single.slice(0, SINGLE_SHOWN)].map((flow) => (
        <Flow key={`${flow.from} ${flow.to}`} flow={flow} />
      ))}
      {hidden.length > 0 && (
        <li>
          <details>
            <summary>and {counted(hidden.length, 'more flow')} of one lead each</summary>
            <ul>
              {hidden.map((flow) => (
                <Flow key={`${flow.from} ${flow.to}`} flow={flow} />
              ))}
            </ul>
          </details>
        </li>
      )}
      {others > 0 && <li className={css.moved}>{counted(others, 'lead')} in other ways</li>}
    </ul>
  )
}

function Flow({ flow }: { flow: BacktestFlow }) {
  return (
    <li>
      <details>
        <summary>
          {counted(flow.leads, 'lead')} from {flow.from} to {flow.to}
        </summary>
        <ul>
          {flow.latest.map((moved) => (
            <li className={css.moved} key={moved.lead}>
              <Link href={leadHref(moved.lead)}>{leadName({ ...moved, domain: null })}</Link>
              {moved.company && moved.name && `, ${moved.company}`}
              <p>In force: {moved.before}</p>
              <p>Tried: {moved.after}</p>
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}
