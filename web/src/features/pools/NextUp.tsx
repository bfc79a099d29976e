import type { Named } from '@/api/types'
import { Avatar } from '@/ui/Avatar'
import css from './NextUp.module.css'

/** Who gets the next leads, in order, as things stand now. */
export function NextUp({ next }: { next: readonly Named[] }) {
  if (next.length === 0) {
    return (
      <p className={css.none}>
        Nobody can take a lead now: it goes to the rule’s next choice, or is held.
      </p>
    )
  }
  const [first, ...others] = next
  return (
    <div className={css.next}>
      <span className={css.label}>Next</span>
      <ol className={css.people}>
        {first && (
          <li className={css.first}>
            <Avatar id={first.id} name={first.name} />
            {first.name}
          </li>
        )}
        {others.map((rep, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same rep may be next twice; the place is what the key means.
          <li key={at} className={css.other}>
            <Avatar id={rep.id} name={rep.name} size="sm" />
            <span>{rep.name}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
