import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ledgerQuery } from '@/api/queries/pools'
import type { LedgerEntry } from '@/api/types'
import { counted, signed } from '@/lib/numbers'
import css from './Ledger.module.css'
import { causeWords } from './words'

/** The latest changes of a pool's accounts, each with its cause; asked for when it is opened. */
export function Ledger({ pool }: { pool: string }) {
  const [open, setOpen] = useState(false)
  const { data: entries, isError } = useQuery({ ...ledgerQuery(pool), enabled: open })
  return (
    <details className={css.ledger} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Ledger</summary>
      {isError && <p role="alert">The ledger could not be loaded.</p>}
      {entries?.length === 0 && <p>Nothing has changed the accounts yet.</p>}
      {entries && entries.length > 0 && (
        <ol className={css.entries}>
          {entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
    </details>
  )
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const amounts = entry.lines.map((line) => {
    const change = entry.cause === 'turns' ? line.balance : line.arrears || line.balance
    const got = line.assigned === 0 ? '' : `, ${counted(line.assigned, 'lead')}`
    return `${line.rep.name} ${signed(change)}${got}`
  })
  return (
    <li>
      <span className={css.cause}>{causeWords(entry)}</span>
      <time dateTime={entry.at}>{new Date(entry.at).toLocaleString('en')}</time>
      <span className={css.lines}>{amounts.join(' · ')}</span>
    </li>
  )
}
