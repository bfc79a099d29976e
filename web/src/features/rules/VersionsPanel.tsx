import { Button } from '@mantine/core'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { versionsQuery } from '@/api/queries/rules'
import type { RulesVersion } from '@/api/types'
import { useSignedIn, whyNotChangeRules } from '@/features/session/session'
import { Panel } from '@/ui/Panel'
import { Compare } from './Compare'
import { RollbackDialog } from './RollbackDialog'
import { VersionRow } from './VersionRow'
import css from './VersionsPanel.module.css'

/** Every version of the rules: compare any two, bring one back. */
export function VersionsPanel() {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(
    versionsQuery(),
  )
  const { member } = useSignedIn()
  const [wanted, setWanted] = useState<RulesVersion>()
  const versions = data.pages.flatMap((page) => page.items)
  const newest = versions[0]
  return (
    <Panel title="Versions" flush>
      {newest && versions.length > 1 && <Compare versions={versions} newest={newest.version} />}
      <ol className={css.versions} aria-label="Versions, newest first">
        {versions.map((version) => (
          <VersionRow
            key={version.version}
            version={version}
            locked={whyNotChangeRules(member)}
            onRollBack={() => setWanted(version)}
          />
        ))}
      </ol>
      {hasNextPage && (
        <div className={css.more}>
          <Button
            variant="default"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => fetchNextPage()}
          >
            Show older versions
          </Button>
        </div>
      )}
      {wanted && newest && (
        <RollbackDialog
          inForce={newest.version}
          to={wanted.version}
          onClose={() => setWanted(undefined)}
        />
      )}
    </Panel>
  )
}
