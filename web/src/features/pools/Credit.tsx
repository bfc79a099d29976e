import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { explain } from '@/api/errors'
import { grantCredit, poolsQuery } from '@/api/queries/pools'
import type { Pool } from '@/api/types'
import { useSignedIn, whyNotChangeTeams } from '@/features/session/session'
import css from './Credit.module.css'

/** The most leads that one credit gives or takes. */
const MOST = 100

/** Gives a member turns by hand, or takes them; the others pay by their weights. */
export function Credit({ pool }: { pool: Pool }) {
  const { member } = useSignedIn()
  const locked = whyNotGrant(pool) ?? whyNotChangeTeams(member)
  const [rep, setRep] = useState(pool.members[0]?.rep.id ?? '')
  const [leads, setLeads] = useState<number | string>(1)
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => grantCredit(pool.id, { rep, leads: Number(leads), reason }),
    onSuccess: (entry) => {
      setReason('')
      notifications.show({ title: 'Booked in the ledger', message: entry.words })
      return queries.invalidateQueries({ queryKey: poolsQuery().queryKey })
    },
    onError: (error) => {
      const { title, detail } = explain(error)
      notifications.show({ color: 'red', title, message: detail })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  return (
    <form className={css.form} onSubmit={submit} title={locked}>
      <NativeSelect
        label="Credit to"
        size="xs"
        disabled={locked !== undefined}
        data={pool.members.map((each) => ({ value: each.rep.id, label: each.rep.name }))}
        value={rep}
        onChange={(event) => setRep(event.currentTarget.value)}
      />
      <NumberInput
        label="Leads"
        size="xs"
        className={css.leads}
        disabled={locked !== undefined}
        min={-MOST}
        max={MOST}
        allowDecimal={false}
        value={leads}
        onChange={setLeads}
      />
      <TextInput
        label="Reason"
        size="xs"
        className={css.reason}
        disabled={locked !== undefined}
        required
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        size="xs"
        loading={isPending}
        disabled={locked !== undefined}
        title={locked}
      >
        Credit
      </Button>
    </form>
  )
}

function whyNotGrant(pool: Pool): string | undefined {
  if (pool.members.length < 2) return 'Nobody else is in the pool who would pay for a credit.'
  if (pool.settings.distribution === 'least_loaded') {
    return 'The pool gives leads to the least loaded, which no credit changes.'
  }
  return undefined
}
