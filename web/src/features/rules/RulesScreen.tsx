'use client'

import { Await } from '@/ui/Await'
import { BacktestPanel } from './BacktestPanel'
import { FindingsPanel } from './FindingsPanel'
import { RuleList } from './RuleList'
import { RulesHeader, RulesHeaderSkeleton } from './RulesHeader'
import css from './RulesScreen.module.css'
import { PanelSkeleton, RulesSkeleton } from './RulesSkeleton'
import { VersionsPanel } from './VersionsPanel'

/** The published rules: read them, order them, switch them on and off, go back to earlier ones. */
export function RulesScreen() {
  return (
    <>
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
      <div className={css.wide}>
        <Await skeleton={<PanelSkeleton label="Loading backtests" />}>
          <BacktestPanel />
        </Await>
      </div>
      <div className={css.panels}>
        <Await skeleton={<PanelSkeleton label="Loading checks" />}>
          <FindingsPanel />
        </Await>
        <Await skeleton={<PanelSkeleton label="Loading versions" />}>
          <VersionsPanel />
        </Await>
      </div>
    </>
  )
}
