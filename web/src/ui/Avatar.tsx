import { initials, tint } from '@/lib/names'
import css from './Avatar.module.css'

type Props = { id: string; name: string; size?: 'sm' | 'md' | 'lg' }

/** A person's initials on a tint of his own. The name stands beside it, so it says nothing aloud. */
export function Avatar({ id, name, size = 'md' }: Props) {
  return (
    <span className={css.avatar} data-tint={tint(id)} data-size={size} aria-hidden>
      {initials(name)}
    </span>
  )
}
