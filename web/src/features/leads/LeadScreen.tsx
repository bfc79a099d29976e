'use client'

import { IconChevronLeft, IconUserQuestion } from '@tabler/icons-react'
import { usePrefetchQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { ApiError } from '@/api/errors'
import { leadQuery, whyQuery } from '@/api/queries/leads'
import { Await } from '@/ui/Await'
import { Message } from '@/ui/Message'
import { Title } from '@/ui/Title'
import { FieldsPanel } from './FieldsPanel'
import { HistoryPanel, OutcomesPanel } from './HistoryPanel'
import { LeadHeader } from './LeadHeader'
import css from './LeadScreen.module.css'
import { LeadSkeleton } from './LeadSkeleton'
import { WhyNotPanel } from './WhyNot'
import { WhyPanels } from './WhyPanels'

/** One lead: who it is, who has it, and above all why. */
export function LeadScreen() {
  const id = useSearchParams().get('id')
  return (
    <>
      <Link className={css.back} href="/">
        <IconChevronLeft className={css.icon} stroke={2} aria-hidden />
        Live feed
      </Link>
      {id ? <LeadOf key={id} id={id} /> : <NoSuchLead />}
    </>
  )
}

function LeadOf({ id }: { id: string }) {
  usePrefetchQuery(leadQuery(id))
  usePrefetchQuery(whyQuery(id))
  return (
    <Await skeleton={<LeadSkeleton />} onError={noSuchLead}>
      <LeadHeader id={id} />
      <div className={css.columns}>
        <div className={css.column}>
          <WhyPanels id={id} />
        </div>
        <div className={css.column}>
          <WhyNotPanel id={id} />
          <FieldsPanel id={id} />
          <HistoryPanel id={id} />
          <OutcomesPanel id={id} />
        </div>
      </div>
    </Await>
  )
}

const noSuchLead = (error: unknown) =>
  error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 400) ? (
    <NoSuchLead />
  ) : undefined

function NoSuchLead() {
  return (
    <>
      <Title>No such lead</Title>
      <Message icon={IconUserQuestion} title="There is no such lead" heading="h1">
        The link may be cut short, or the lead belongs to another workspace.
      </Message>
    </>
  )
}
