import type { Pool } from '@/api/types'
import { counted } from '@/lib/numbers'
import { Panel } from '@/ui/Panel'
import { Members } from './Members'
import { NextUp } from './NextUp'

/** One pool: who is next, and how fair it has been. */
export function PoolCard({ pool }: { pool: Pool }) {
  const name = pool.team.name === pool.name ? '' : `${pool.team.name} · `
  return (
    <Panel title={pool.name} note={`${name}${counted(pool.turns, 'turn')}`} flush>
      <NextUp next={pool.next} />
      <Members pool={pool} />
    </Panel>
  )
}
