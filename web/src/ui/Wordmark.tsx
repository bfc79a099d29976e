import css from './Wordmark.module.css'

/** The product's sign: one line in, the right branch out. */
export function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect className={css.ground} width="24" height="24" rx="6" />
      <path className={css.dim} d="M5 12h3.5c3.5 0 3-5 6.5-5h1" />
      <path className={css.path} d="M5 12h3.5c3.5 0 3 5 6.5 5H17" />
      <circle className={css.end} cx="17.6" cy="17" r="1.9" />
    </svg>
  )
}

/** The sign and the name. */
export function Wordmark() {
  return (
    <span className={css.wordmark}>
      <Mark />
      Lead Router
    </span>
  )
}
