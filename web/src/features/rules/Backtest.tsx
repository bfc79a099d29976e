import { Progress, Skeleton } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { backtestQuery } from '@/api/queries/rules'
import type { BacktestCount, BacktestLoad, BacktestReport } from '@/api/types'
import { count, counted, share } from '@/lib/numbers'
import { ScrollTable } from '@/ui/ScrollTable'
import css from './Backtest.module.css'
import { Flows } from './BacktestFlows'

/** How far a backtest has come, and then what came of it. */
export function BacktestResult({ id }: { id: string }) {
  const { data: backtest } = useSuspenseQuery(backtestQuery(id))
  switch (backtest.state) {
    case 'waiting':
      return <Waiting words="Waiting for its turn" />
    case 'running':
      return <Waiting words="Reading past leads" read={backtest} />
    case 'failed':
      return (
        <p className={css.part} role="alert">
          These rules cannot be tried: {backtest.detail}
        </p>
      )
    case 'done':
      return <Report report={backtest.report} />
  }
}

/** The result before anything is known of it. */
export function BacktestSkeleton() {
  return <Skeleton height="var(--space-12)" />
}

type Read = { leads_read: number; leads_in_all: number }

function Waiting({ words, read }: { words: string; read?: Read }) {
  const { leads_read = 0, leads_in_all = 0 } = read ?? {}
  return (
    <div className={css.part} role="status">
      <p>
        {words}
        {read && `: ${count(leads_read)} of ${count(leads_in_all)}`}
      </p>
      <Progress value={(100 * leads_read) / Math.max(leads_in_all, 1)} aria-label={words} />
    </div>
  )
}

function Report({ report }: { report: BacktestReport }) {
  const { leads, moved } = report
  if (leads === 0) return <p className={css.part}>No leads came in this time.</p>
  const idle = report.rules.filter((rule) => rule.idle)
  return (
    <div role="status">
      <p className={css.headline}>
        {count(moved)} of {counted(leads, 'lead')} ({share(moved / leads)}) would go elsewhere.
      </p>
      <Flows flows={report.flows} others={report.other_moves} />
      <Loads title="Pools" loads={report.pools} />
      <Loads title="Reps" loads={report.reps} />
      <ul className={css.facts}>
        <li>Matched by no rule: {change(report.catch_all, leads)}</li>
        <li>Nobody can ever take them: {change(report.held, leads)}</li>
        {idle.length > 0 && (
          <li>Rules that no lead reached: {idle.map((rule) => rule.name).join(', ')}</li>
        )}
        {report.unreadable > 0 && (
          <li>Left out, as they cannot be read: {counted(report.unreadable, 'lead')}</li>
        )}
      </ul>
    </div>
  )
}

const change = ({ before, after }: BacktestCount, of: number) =>
  `${share(before / of)} → ${share(after / of)}`

function Loads({ title, loads }: { title: string; loads: BacktestLoad[] }) {
  const changed = loads.filter(({ leads }) => leads.before !== leads.after)
  if (changed.length === 0) return null
  return (
    <ScrollTable label={`${title} that get more or fewer leads`}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" data-number>
            In force
          </th>
          <th scope="col" data-number>
            Tried
          </th>
        </tr>
      </thead>
      <tbody>
        {changed.map(({ id, name, leads }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td data-number>{count(leads.before)}</td>
            <td data-number>{count(leads.after)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}
