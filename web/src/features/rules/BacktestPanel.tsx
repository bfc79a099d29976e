import { Button, NativeSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  useMutation,
  useQueryClient,
  useSuspenseInfiniteQuery,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { explain } from '@/api/errors'
import { askBacktest, backtestsQuery, hasDraftQuery, versionsQuery } from '@/api/queries/rules'
import { useSignedIn, whyNotChangeRules } from '@/features/session/session'
import { Await } from '@/ui/Await'
import { Panel } from '@/ui/Panel'
import { BacktestResult, BacktestSkeleton } from './Backtest'
import css from './BacktestPanel.module.css'
import { PastBacktests } from './PastBacktests'

const DAY_MS = 86_400_000

const PERIODS = [
  { value: '365', label: 'the last year' },
  { value: '90', label: 'the last 90 days' },
  { value: '30', label: 'the last 30 days' },
]

/** Tries a draft or another version on the leads of the past, beside the rules in force. */
export function BacktestPanel() {
  const { member } = useSignedIn()
  const locked = whyNotChangeRules(member)
  const [shown, setShown] = useState<string>()
  return (
    <Panel title="Try on past leads" note="changes nothing" flush>
      {locked ? (
        <p className={css.words}>{locked}</p>
      ) : (
        <Await skeleton={<BacktestSkeleton />}>
          <Choice onAsked={setShown} />
        </Await>
      )}
      <Await skeleton={null}>
        <PastBacktests shown={shown} onShow={setShown} />
      </Await>
      {shown && (
        <Await key={shown} skeleton={<BacktestSkeleton />}>
          <BacktestResult id={shown} />
        </Await>
      )}
    </Panel>
  )
}

type Asked = { onAsked: (backtest: string) => void }

function Choice({ onAsked }: Asked) {
  const { data: versions } = useSuspenseInfiniteQuery(versionsQuery())
  const { data: hasDraft } = useSuspenseQuery(hasDraftQuery())
  const earlier = versions.pages.flatMap((page) => page.items).filter((each) => !each.in_force)
  const choices = [
    ...(hasDraft ? [{ value: 'draft', label: 'My draft' }] : []),
    ...earlier.map(({ version }) => ({
      value: String(version),
      label: `As in version ${version}`,
    })),
  ]
  const [first] = choices
  if (!first) {
    return (
      <p className={css.words}>
        Nothing to try yet: save a draft, or publish another version to compare with.
      </p>
    )
  }
  return <Form choices={choices} first={first.value} onAsked={onAsked} />
}

type Option = { value: string; label: string }

function Form({ choices, first, onAsked }: Asked & { choices: Option[]; first: string }) {
  const [of, setOf] = useState(first)
  const [days, setDays] = useState('365')
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => askBacktest(of, new Date(Date.now() - Number(days) * DAY_MS)),
    onSuccess: (asked) => {
      onAsked(asked.id)
      return queries.invalidateQueries({ queryKey: backtestsQuery().queryKey })
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
    <form className={css.form} onSubmit={submit}>
      <NativeSelect
        label="Rules"
        size="xs"
        data={choices}
        value={of}
        onChange={(event) => setOf(event.currentTarget.value)}
      />
      <NativeSelect
        label="Leads of"
        size="xs"
        data={PERIODS}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" size="xs" loading={isPending}>
        Try
      </Button>
    </form>
  )
}
