import css from './ShareBar.module.css'

type Props = {
  /** The share there is, 0 to 1. */
  actual: number
  /** The share that is due, 0 to 1. */
  due: number
  /** The largest share to be compared, 0 to 1: it fills the bar. */
  largest: number
  label: string
}

/** A bar for the share there is, and a tick for the share that is due. */
export function ShareBar({ actual, due, largest, label }: Props) {
  const place = (value: number) => `${largest > 0 ? (value / largest) * 100 : 0}%`
  return (
    <span className={css.bar} role="img" aria-label={label}>
      <span className={css.fill} style={{ inlineSize: place(actual) }} />
      <span className={css.tick} style={{ insetInlineStart: place(due) }} />
    </span>
  )
}
