import css from './Splash.module.css'
import { Title } from './Title'
import { Mark } from './Wordmark'

/** The moment before anything is known. Appears late, so that a quick start does not flash. */
export function Splash() {
  return (
    <main className={css.splash} aria-busy="true">
      <Title>Opening</Title>
      <div className={css.mark}>
        <Mark />
      </div>
      <p className={css.words}>Opening Lead Router…</p>
    </main>
  )
}
