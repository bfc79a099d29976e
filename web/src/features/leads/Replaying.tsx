import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { explain } from '@/api/errors'
import { replayQuery } from '@/api/queries/leads'
import type { Replay } from '@/api/types'
import css from './Replaying.module.css'

/** Decides again from what the decision stored, and says whether it comes out the same. */
export function Replaying({ decision }: { decision: string }) {
  const [wanted, setWanted] = useState(false)
  const { data, error } = useQuery({ ...replayQuery(decision), enabled: wanted })
  if (!wanted) {
    return (
      <UnstyledButton className={css.ask} onClick={() => setWanted(true)}>
        Replay
      </UnstyledButton>
    )
  }
  if (error) return <span role="alert">{explain(error).detail}</span>
  return <span role="status">{data ? words(data) : 'Deciding again…'}</span>
}

function words({ words, differences, now }: Replay): string {
  const [first] = differences
  if (!first) return `It ${words}.`
  return `It ${words}: ${first.part} was ${first.then ?? 'nothing'}, is ${first.now ?? 'nothing'}. ${now ?? ''}`
}
