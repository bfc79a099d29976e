import type { Pool, PoolMember } from '@/api/types'
import { balanceWords, counted, leads, share, signed } from '@/lib/numbers'
import { Avatar } from '@/ui/Avatar'
import { ScrollTable } from '@/ui/ScrollTable'
import { ShareBar } from '@/ui/ShareBar'
import css from './Members.module.css'
import { gateWords } from './words'

/** Each member's leads against what he is entitled to. */
export function Members({ pool }: { pool: Pool }) {
  const largest = Math.max(...pool.members.flatMap((each) => [each.share, each.entitled_share]), 0)
  const even = new Set(pool.members.map((each) => each.weight)).size <= 1
  return (
    <ScrollTable label={`Members of ${pool.name}`}>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col" className={css.wide}>
            Share / due
          </th>
          <th scope="col" data-number>
            Balance
          </th>
        </tr>
      </thead>
      <tbody>
        {pool.members.map((member) => (
          <Row key={member.rep.id} member={member} largest={largest} weighed={!even} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

type RowProps = { member: PoolMember; largest: number; weighed: boolean }

function Row({ member, largest, weighed }: RowProps) {
  const { rep, gate } = member
  return (
    <tr data-away={gate ? true : undefined} className={css.row}>
      <th scope="row">
        <span className={css.rep}>
          <Avatar id={rep.id} name={rep.name} size="sm" />
          <span>
            <span className={css.name}>
              {rep.name}
              {weighed && <span className={css.weight}> ×{member.weight}</span>}
            </span>
            {gate && <span className={css.gate}>{gateWords(gate)}</span>}
          </span>
        </span>
      </th>
      <td>
        <ShareBar
          actual={member.share}
          due={member.entitled_share}
          largest={largest}
          label={`${share(member.share)} of the leads, ${share(member.entitled_share)} due`}
        />
        <span className={css.numbers}>
          <span>
            {share(member.share)} / {share(member.entitled_share)}
          </span>
          <span title={`${leads(member.entitled)} due`}>{counted(member.assigned, 'lead')}</span>
        </span>
      </td>
      <td data-number>
        {signed(member.balance)}
        <span className={css.due}>{balanceWords(member.balance).replace(/^[\d.,]+ /, '')}</span>
      </td>
    </tr>
  )
}
