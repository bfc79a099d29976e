import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './Message.module.css'

type Props = {
  icon: Icon
  title: string
  tone?: 'neutral' | 'negative'
  /** The page's own heading, when nothing else is on it. */
  heading?: 'h1' | 'h2'
  /** What one can do about it. */
  action?: ReactNode
  children?: ReactNode
}

/** What stands where content would: nothing here yet, or something went wrong. */
export function Message({
  icon: Mark,
  title,
  tone = 'neutral',
  heading: Heading = 'h2',
  action,
  children,
}: Props) {
  return (
    <div className={css.message} role={tone === 'negative' ? 'alert' : undefined}>
      <span className={css.mark} data-tone={tone}>
        <Mark stroke={1.6} aria-hidden />
      </span>
      <Heading className={css.title}>{title}</Heading>
      {children && <p className={css.text}>{children}</p>}
      {action && <div className={css.action}>{action}</div>}
    </div>
  )
}
