import { useSuspenseQuery } from '@tanstack/react-query'
import { leadQuery } from '@/api/queries/leads'
import { Ago } from '@/ui/Ago'
import { Avatar } from '@/ui/Avatar'
import { Title } from '@/ui/Title'
import css from './LeadHeader.module.css'
import { StateBadge } from './StateBadge'
import { leadName } from './words'

/** Who the lead is, what state it is in and who owns it. */
export function LeadHeader({ id }: { id: string }) {
  const { data: lead } = useSuspenseQuery(leadQuery(id))
  const name = leadName(lead)
  const work = [lead.title, lead.company].filter(Boolean).join(' at ')
  const facts = [lead.email === name ? null : lead.email, lead.domain, lead.country]
  return (
    <header className={css.header}>
      <Title>{name}</Title>
      <Avatar id={lead.id} name={lead.name ?? lead.company ?? lead.email ?? '?'} size="lg" />
      <div className={css.words}>
        <h1 className={css.name}>{name}</h1>
        {work && <p className={css.work}>{work}</p>}
        <ul className={css.facts}>
          {facts.filter(Boolean).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
          <li>
            via {lead.source.name}, <Ago time={lead.received_at} />
          </li>
        </ul>
      </div>
      <div className={css.owner}>
        <StateBadge state={lead.state} />
        {lead.rep && (
          <span className={css.rep}>
            <Avatar id={lead.rep.id} name={lead.rep.name} />
            {lead.rep.name}
          </span>
        )}
      </div>
    </header>
  )
}
