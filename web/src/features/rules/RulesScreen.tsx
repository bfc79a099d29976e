'use client'

import { Await } from '@/ui/Await'
import { RuleList } from './RuleList'
import { RulesHeader, RulesHeaderSkeleton } from './RulesHeader'
import { RulesSkeleton } from './RulesSkeleton'

/** The published rules: read them, order them, switch them on and off. */
export function RulesScreen() {
  return (
    <Await
      skeleton={
        <>
          <RulesHeaderSkeleton />
          <RulesSkeleton />
        </>
      }
    >
      <RulesHeader />
      <RuleList />
    </Await>
  )
}
