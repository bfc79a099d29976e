import type { Candidate } from '@/api/types'
import { gateWords } from '@/features/pools/words'
import { balanceWords, signed } from '@/lib/numbers'
import { Avatar } from '@/ui/Avatar'
import { Badge } from '@/ui/Badge'
import { ScrollTable } from '@/ui/ScrollTable'
import css from './Candidates.module.css'

type Props = { pool: string; candidates: readonly Candidate[] }

/** Everybody in the pool: who was away and why, and whom the pool owed the most. */
export function Candidates({ pool, candidates }: Props) {
  return (
    <ScrollTable label={`Candidates of ${pool}`}>
      <thead>
        <tr>
          <th scope="col">Rep</th>
          <th scope="col">Could take it</th>
          <th scope="col" data-number>
            Weight
          </th>
          <th scope="col" data-number>
            Owed before
          </th>
          <th scope="col" data-number>
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {ordered(candidates).map((candidate) => (
          <Row key={candidate.rep.id} candidate={candidate} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

function Row({ candidate }: { candidate: Candidate }) {
  const { rep, gate, chosen } = candidate
  return (
    <tr className={css.row} data-chosen={chosen || undefined} data-away={gate ? true : undefined}>
      <th scope="row">
        <span className={css.rep}>
          <Avatar id={rep.id} name={rep.name} size="sm" />
          {rep.name}
        </span>
      </th>
      <td>
        {chosen ? (
          <Badge tone="accent">Chosen</Badge>
        ) : (
          <span className={css.gate}>{gate ? gateWords(gate) : 'Yes'}</span>
        )}
      </td>
      <td data-number>{candidate.weight}</td>
      <td data-number title={balanceWords(candidate.balance_before)}>
        {signed(candidate.balance_before)}
      </td>
      <td data-number title={balanceWords(candidate.balance_after)}>
        {signed(candidate.balance_after)}
      </td>
    </tr>
  )
}

/** The chosen one, then those present by what they were owed, then the absent. */
function ordered(candidates: readonly Candidate[]): Candidate[] {
  const rank = (each: Candidate) => (each.chosen ? 0 : each.gate ? 2 : 1)
  return [...candidates].sort((a, b) => rank(a) - rank(b) || b.balance_before - a.balance_before)
}
