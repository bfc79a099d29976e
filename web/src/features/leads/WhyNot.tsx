import { NativeSelect } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { explain } from '@/api/errors'
import { whyNotQuery, whyQuery } from '@/api/queries/leads'
import { repsQuery } from '@/api/queries/reps'
import type { Why } from '@/api/types'
import { Await } from '@/ui/Await'
import { Panel } from '@/ui/Panel'
import css from './WhyNot.module.css'

/** Why another rule did not decide, or another rep did not get the lead: choose one, and read it. */
export function WhyNotPanel({ id }: { id: string }) {
  return (
    <Panel title="Other rules and reps">
      <Await skeleton={null}>
        <Choice id={id} />
      </Await>
    </Panel>
  )
}

function Choice({ id }: { id: string }) {
  const { data: why } = useSuspenseQuery(whyQuery(id))
  const { data: reps } = useSuspenseQuery(repsQuery())
  const [asked, setAsked] = useState('')
  const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })
  const rules = others(why).map(option)
  const people = reps.filter((rep) => rep.id !== why.outcome.rep?.id).map(option)
  return (
    <div className={css.part}>
      <NativeSelect
        label="Why not…"
        size="xs"
        data={[
          { value: '', label: 'Choose one' },
          { group: 'Rules', items: rules },
          { group: 'Reps', items: people },
        ]}
        value={asked}
        onChange={(event) => setAsked(event.currentTarget.value)}
      />
      {asked && <Reply lead={id} asked={asked} />}
    </div>
  )
}

/** The rules that did not decide. */
const others = (why: Why) =>
  why.ladder.map((rung) => rung.rule).filter((rule) => rule.id !== why.rule?.id)

function Reply({ lead, asked }: { lead: string; asked: string }) {
  const { data, error } = useQuery(whyNotQuery(lead, asked))
  if (error) return <p role="alert">{explain(error).detail}</p>
  return <p role="status">{data?.sentence ?? 'Looking…'}</p>
}
