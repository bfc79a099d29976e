import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import type { Step, Why } from '@/api/types'
import { counted } from '@/lib/numbers'
import { Badge } from '@/ui/Badge'
import css from './Ladder.module.css'

/** Every rule in order with what came of it; those below the winner are folded away. */
export function Ladder({ why }: { why: Why }) {
  const winner = why.ladder.findIndex((step) => step.verdict === 'matched')
  const end = winner === -1 ? why.ladder.length : winner + 1
  const reached = why.ladder.slice(0, end)
  const rest = why.ladder.slice(end)
  const caught = why.catch_all.verdict === 'matched'
  return (
    <>
      <ol className={css.ladder}>
        {reached.map((step) => (
          <Rung key={step.rule.id} step={step} />
        ))}
        {caught && (
          <li className={css.rung} data-verdict="matched">
            <Mark verdict="matched" />
            <div className={css.words}>
              <p className={css.name}>
                Catch-all <Badge tone="accent">Decided</Badge>
              </p>
              <p className={css.condition}>Takes every lead that no rule above matches.</p>
            </div>
          </li>
        )}
      </ol>
      {rest.length > 0 && (
        <details className={css.rest}>
          <summary className={css.summary}>
            {counted(rest.length, 'rule')} below {rest.length === 1 ? 'was' : 'were'} not reached
          </summary>
          <ol className={css.ladder}>
            {rest.map((step) => (
              <Rung key={step.rule.id} step={step} />
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

function Rung({ step }: { step: Step }) {
  return (
    <li className={css.rung} data-verdict={step.verdict}>
      <Mark verdict={step.verdict} />
      <div className={css.words}>
        <p className={css.name}>
          <span className={css.position}>{step.position}</span> {step.rule.name}{' '}
          {step.verdict === 'matched' && <Badge tone="accent">Decided</Badge>}
          {step.verdict === 'switched_off' && <Badge tone="neutral">Switched off</Badge>}
        </p>
        {step.failure ? (
          <p className={css.failure}>
            {step.failure.label} is <b>{step.failure.actual ?? 'missing'}</b>, needed:{' '}
            {step.failure.expected}
          </p>
        ) : (
          <p className={css.condition}>{step.condition}</p>
        )}
      </div>
    </li>
  )
}

const SAID = {
  matched: 'Matched',
  failed: 'Did not match',
  switched_off: 'Skipped',
  held_out: 'Held out',
  not_reached: 'Not reached',
}

function Mark({ verdict }: { verdict: Step['verdict'] }) {
  const Sign = verdict === 'matched' ? IconCheck : verdict === 'failed' ? IconX : IconMinus
  return (
    <span className={css.mark} role="img" aria-label={SAID[verdict]} title={SAID[verdict]}>
      <Sign className={css.sign} stroke={2.4} aria-hidden />
    </span>
  )
}
