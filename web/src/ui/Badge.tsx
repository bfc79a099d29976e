import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './Badge.module.css'

export type Tone = 'positive' | 'warning' | 'info' | 'negative' | 'neutral' | 'accent'

/** A small word with a colour; the colour never says more than the word. */
export function Badge({
  tone,
  icon: Mark,
  children,
}: {
  tone: Tone
  icon?: Icon
  children: ReactNode
}) {
  return (
    <span className={css.badge} data-tone={tone}>
      {Mark && <Mark className={css.icon} stroke={2} aria-hidden />}
      {children}
    </span>
  )
}
