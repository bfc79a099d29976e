import { Button } from '@mantine/core'
import type { RulesVersion } from '@/api/types'
import { counted } from '@/lib/numbers'
import { Ago } from '@/ui/Ago'
import { Badge } from '@/ui/Badge'
import css from './VersionRow.module.css'

type Props = {
  version: RulesVersion
  /** Why nothing may be changed; absent when it may. */
  locked: string | undefined
  onRollBack: () => void
}

/** One version: who published it, when and why. */
export function VersionRow({ version, locked, onRollBack }: Props) {
  return (
    <li className={css.row}>
      <div className={css.words}>
        <p className={css.name}>
          Version {version.version} · {version.author.name}{' '}
          {version.in_force && <Badge tone="positive">In force</Badge>}
        </p>
        {version.note && <p>{version.note}</p>}
        <p className={css.detail}>
          <Ago time={version.published_at} /> · {counted(version.rule_count, 'rule')}
        </p>
      </div>
      {!version.in_force && (
        <Button
          variant="default"
          size="xs"
          disabled={locked !== undefined}
          title={locked}
          aria-label={`Roll back to version ${version.version}`}
          onClick={onRollBack}
        >
          Roll back
        </Button>
      )}
    </li>
  )
}
