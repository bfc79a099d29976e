import { UnstyledButton } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { backtestsQuery } from '@/api/queries/rules'
import type { BacktestSummary } from '@/api/types'
import { count, counted } from '@/lib/numbers'
import { Ago } from '@/ui/Ago'
import css from './PastBacktests.module.css'

type Props = {
  /** The one whose result is on the screen. */
  shown: string | undefined
  onShow: (backtest: string) => void
}

/** What was tried in the last 30 days; each can be looked at again. */
export function PastBacktests({ shown, onShow }: Props) {
  const { data: backtests } = useSuspenseQuery(backtestsQuery())
  if (backtests.length === 0) return null
  return (
    <details className={css.past}>
      <summary>Tried before: {count(backtests.length)}</summary>
      <ul aria-label="Tried before, the latest first">
        {backtests.map((backtest) => (
          <li key={backtest.id}>
            <UnstyledButton
              className={css.show}
              aria-pressed={backtest.id === shown}
              onClick={() => onShow(backtest.id)}
            >
              Version {backtest.version}: {outcome(backtest)}
            </UnstyledButton>
            <span className={css.detail}>
              {backtest.asked_by} · <Ago time={backtest.asked_at} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function outcome(backtest: BacktestSummary): string {
  switch (backtest.state) {
    case 'under_way':
      return 'under way'
    case 'failed':
      return 'cannot be tried'
    case 'done':
      return `${count(backtest.moved)} of ${counted(backtest.leads, 'lead')} move`
  }
}
