import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { memo } from 'react'
import { leadQuery, whyQuery } from '@/api/queries/leads'
import type { LeadSummary } from '@/api/types'
import { StateBadge } from '@/features/leads/StateBadge'
import { leadHref, leadName } from '@/features/leads/words'
import { Ago } from '@/ui/Ago'
import { Avatar } from '@/ui/Avatar'
import css from './FeedRow.module.css'

type Props = { lead: LeadSummary; news: boolean }

/** One lead in one line: who, from where, to whom and why. The whole line leads to its page. */
export const FeedRow = memo(function FeedRow({ lead, news }: Props) {
  const queries = useQueryClient()
  const prepare = () => {
    void queries.prefetchQuery(leadQuery(lead.id))
    void queries.prefetchQuery(whyQuery(lead.id))
  }
  return (
    <li className={css.row} data-news={news || undefined}>
      <div className={css.cells}>
        <div className={css.person}>
          <Link
            className={css.name}
            href={leadHref(lead.id)}
            prefetch={false}
            onPointerEnter={prepare}
            onFocus={prepare}
          >
            {leadName(lead)}
          </Link>
          <span className={css.dim}>{lead.name ? (lead.email ?? 'no e-mail') : lead.title}</span>
        </div>
        <div className={css.company}>
          <span className={css.text}>{lead.company ?? lead.domain ?? '–'}</span>
          <span className={css.dim}>
            {[lead.country, lead.company && lead.domain].filter(Boolean).join(' · ')}
          </span>
        </div>
        <div className={css.owner}>
          {lead.rep && lead.state === 'assigned' ? (
            <>
              <Avatar id={lead.rep.id} name={lead.rep.name} size="sm" />
              <span className={css.rep}>{lead.rep.name}</span>
            </>
          ) : (
            <StateBadge state={lead.state} />
          )}
        </div>
        <p className={css.why} title={lead.reason}>
          {lead.reason}
        </p>
        <div className={css.when}>
          <Ago time={lead.received_at} />
          <span className={css.dim}>{lead.source.name}</span>
        </div>
      </div>
    </li>
  )
})
