import type { DiffLine, RulesChange, StatedRule } from '@/api/types'
import css from './Changes.module.css'

/** What leads from one version of the rules to another. */
export function Changes({ changes }: { changes: RulesChange[] }) {
  if (changes.length === 0) return <p className={css.none}>The rules are the same.</p>
  return (
    <ul className={css.changes} aria-label="Changes">
      {changes.map((change) => (
        <li className={css.change} key={`${change.kind} ${'rule' in change ? change.rule : ''}`}>
          <Change change={change} />
        </li>
      ))}
    </ul>
  )
}

function Change({ change }: { change: RulesChange }) {
  switch (change.kind) {
    case 'added':
      return <Stated rule={change} mark="added" words={`is new, at position ${change.position}`} />
    case 'removed':
      return (
        <Stated rule={change} mark="removed" words={`is gone from position ${change.position}`} />
      )
    case 'renamed':
      return (
        <p>
          <b>{change.before}</b> is now called <b>{change.name}</b>
        </p>
      )
    case 'moved':
      return (
        <p>
          <b>{change.name}</b> moved from position {change.before} to {change.after}
        </p>
      )
    case 'switched':
      return (
        <p>
          <b>{change.name}</b> was switched {change.enabled ? 'on' : 'off'}
        </p>
      )
    case 'owner_first':
      return (
        <p>
          <b>{change.name}</b> {change.owner_first ? 'lets owners go first' : 'goes before owners'}
        </p>
      )
    case 'condition':
      return <Text head={change.name} words="is for other leads" lines={change.lines} />
    case 'experiment':
      return <Text head={change.name} words="has another experiment" lines={change.lines} />
    case 'action':
      return <Text head={change.name} words="does something else" lines={replaced(change)} />
    case 'catch_all':
      return <Text head="The catch-all" words="does something else" lines={replaced(change)} />
  }
}

const replaced = ({ before, after }: { before: string; after: string }): DiffLine[] => [
  { mark: 'removed', text: before },
  { mark: 'added', text: after },
]

type StatedProps = { rule: StatedRule; mark: 'added' | 'removed'; words: string }

function Stated({ rule, mark, words }: StatedProps) {
  const lines = [...rule.condition, `→ ${rule.action}`].map((text) => ({ mark, text }))
  return <Text head={rule.name} words={words} lines={lines} />
}

const SIGNS: Record<DiffLine['mark'], string> = { same: ' ', removed: '−', added: '+' }

function Text({ head, words, lines }: { head: string; words: string; lines: DiffLine[] }) {
  return (
    <>
      <p>
        <b>{head}</b> {words}
      </p>
      <pre className={css.text}>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat; their place tells them apart.
          <span className={css.line} data-mark={line.mark} key={at}>
            {SIGNS[line.mark]} {line.text}
            {'\n'}
          </span>
        ))}
      </pre>
    </>
  )
}
