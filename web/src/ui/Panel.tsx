import { type ReactNode, useId } from 'react'
import css from './Panel.module.css'

type Props = {
  title: string
  /** Beside the title. */
  note?: ReactNode
  /** Content that reaches the edges, such as a table. */
  flush?: boolean
  children: ReactNode
}

/** A named part of a page. */
export function Panel({ title, note, flush = false, children }: Props) {
  const id = useId()
  return (
    <section className={css.panel} aria-labelledby={id}>
      <header className={css.header}>
        <h2 className={css.title} id={id}>
          {title}
        </h2>
        {note && <div className={css.note}>{note}</div>}
      </header>
      <div className={flush ? undefined : css.body}>{children}</div>
    </section>
  )
}
