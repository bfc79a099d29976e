import type { Pool } from '@/api/types'
import { counted } from '@/lib/numbers'
import { Panel } from '@/ui/Panel'
import { Ledger } from './Ledger'
import { Members } from './Members'
import { NextUp } from './NextUp'
import css from './PoolCard.module.css'
import { settingsWords } from './words'

/** One pool: who is next, and how fair it has been. */
export function PoolCard({ pool }: { pool: Pool }) {
  const name = pool.team.name === pool.name ? '' : `${pool.team.name} · `
  const settings = settingsWords(pool.settings)
  return (
    <Panel title={pool.name} note={`${name}${counted(pool.turns, 'turn')}`} flush>
      <NextUp next={pool.next} />
      {settings.length > 0 && <p className={css.settings}>{settings.join(' · ')}</p>}
      <Members pool={pool} />
      <Ledger pool={pool} />
    </Panel>
  )
}
