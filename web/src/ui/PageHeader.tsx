import type { ReactNode } from 'react'
import css from './PageHeader.module.css'
import { Title } from './Title'

type Props = {
  /** Also the document's. */
  title: string
  /** One line that says what the page is for or what state it is in. */
  lead?: ReactNode
  actions?: ReactNode
}

/** The top of a page. */
export function PageHeader({ title, lead, actions }: Props) {
  return (
    <header className={css.header}>
      <Title>{title}</Title>
      <div className={css.words}>
        <h1 className={css.title}>{title}</h1>
        {lead && <p className={css.lead}>{lead}</p>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </header>
  )
}
