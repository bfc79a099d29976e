import { Button, NativeSelect, Skeleton } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { versionDiffQuery } from '@/api/queries/rules'
import type { RulesVersion } from '@/api/types'
import { Await } from '@/ui/Await'
import { Changes } from './Changes'
import css from './Compare.module.css'

/** Two versions to choose, and what leads from the one to the other. */
export function Compare({ versions, newest }: { versions: RulesVersion[]; newest: number }) {
  const [chosen, setChosen] = useState<{ from?: string; to?: string }>({})
  const { from = String(newest - 1), to = String(newest) } = chosen
  const [shown, setShown] = useState<{ from: number; to: number }>()
  const choices = versions.map(({ version }) => String(version))
  const compare = (event: FormEvent) => {
    event.preventDefault()
    setShown({ from: Number(from), to: Number(to) })
  }
  return (
    <div className={css.compare}>
      <form className={css.form} onSubmit={compare}>
        <NativeSelect
          label="From version"
          size="xs"
          data={choices}
          value={from}
          onChange={(event) => setChosen({ ...chosen, from: event.currentTarget.value })}
        />
        <NativeSelect
          label="To version"
          size="xs"
          data={choices}
          value={to}
          onChange={(event) => setChosen({ ...chosen, to: event.currentTarget.value })}
        />
        <Button type="submit" variant="default" size="xs">
          Compare
        </Button>
      </form>
      {shown && (
        <Await key={`${shown.from} ${shown.to}`} skeleton={<DiffSkeleton />}>
          <VersionDiff from={shown.from} to={shown.to} />
        </Await>
      )}
    </div>
  )
}

/** What leads from one version to another. */
export function VersionDiff({ from, to }: { from: number; to: number }) {
  const { data } = useSuspenseQuery(versionDiffQuery(from, to))
  return <Changes changes={data.changes} />
}

/** The changes before they are there. */
export function DiffSkeleton() {
  return <Skeleton height="var(--space-12)" />
}
