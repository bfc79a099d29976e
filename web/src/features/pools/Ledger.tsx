import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ledgerQuery } from '@/api/queries/pools'
import type { LedgerEntry, Pool } from '@/api/types'
import { Credit } from './Credit'
import css from './Ledger.module.css'

/** The latest changes of a pool's accounts, each with its cause; asked for when it is opened. */
export function Ledger({ pool }: { pool: Pool }) {
  const [open, setOpen] = useState(false)
  const { data: entries, isError } = useQuery({ ...ledgerQuery(pool.id), enabled: open })
  return (
    <details className={css.ledger} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Ledger</summary>
      {open && <Credit pool={pool} />}
      {isError && <p role="alert">The ledger could not be loaded.</p>}
      {entries?.length === 0 && <p>Nothing has changed the accounts yet.</p>}
      {entries && entries.length > 0 && (
        <ol className={css.entries} aria-label="Entries, newest first">
          {entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
    </details>
  )
}

function Entry({ entry }: { entry: LedgerEntry }) {
  return (
    <li>
      <span className={css.cause}>{entry.words}</span>
      <time dateTime={entry.at}>{new Date(entry.at).toLocaleString('en')}</time>
      <span className={css.lines}>
        {entry.lines.map((line) => `${line.rep.name} ${line.words}`).join(' · ')}
      </span>
    </li>
  )
}
