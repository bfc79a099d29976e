import { IconCircleCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lintQuery } from '@/api/queries/rules'
import type { RulesFinding } from '@/api/types'
import { counted } from '@/lib/numbers'
import { Badge, type Tone } from '@/ui/Badge'
import { Panel } from '@/ui/Panel'
import css from './FindingsPanel.module.css'

/** What is odd about the rules in force: problems open, notes folded away. */
export function FindingsPanel() {
  const { data } = useSuspenseQuery(lintQuery())
  const problems = data.findings.filter((finding) => finding.severity !== 'note')
  const notes = data.findings.filter((finding) => finding.severity === 'note')
  return (
    <Panel title="Checks" note={`of version ${data.version}`} flush>
      {problems.length === 0 && (
        <p className={css.clear}>
          <IconCircleCheck className={css.icon} stroke={1.8} aria-hidden />
          No errors or warnings in the rules.
        </p>
      )}
      <Findings label="Errors and warnings" findings={problems} />
      {notes.length > 0 && (
        <details className={css.notes}>
          <summary className={css.summary}>{counted(notes.length, 'note')}</summary>
          <Findings label="Notes" findings={notes} />
        </details>
      )}
    </Panel>
  )
}

const TONES: Record<RulesFinding['severity'], Tone> = {
  error: 'negative',
  warning: 'warning',
  note: 'neutral',
}

const WORDS: Record<RulesFinding['severity'], string> = {
  error: 'Error',
  warning: 'Warning',
  note: 'Note',
}

function Findings({ label, findings }: { label: string; findings: RulesFinding[] }) {
  if (findings.length === 0) return null
  return (
    <ul className={css.findings} aria-label={label}>
      {findings.map((finding) => (
        <li className={css.finding} key={`${finding.code} ${finding.pointer} ${finding.words}`}>
          <Badge tone={TONES[finding.severity]}>{WORDS[finding.severity]}</Badge>
          <div className={css.words}>
            <p>{finding.words}</p>
            {finding.example.length > 0 && (
              <p className={css.example}>
                For example:{' '}
                {finding.example.map((known) => `${known.field} ${known.value}`).join(', ')}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
