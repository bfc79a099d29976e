import { DndContext } from '@dnd-kit/core'
import { restrictToParentElement, restrictToVerticalAxis } from '@dnd-kit/modifiers'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { IconListDetails, IconLock } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { rulesQuery } from '@/api/queries/rules'
import { useSignedIn, whyNotChangeRules } from '@/features/session/session'
import { count } from '@/lib/numbers'
import { Message } from '@/ui/Message'
import { moved } from './change'
import css from './RuleList.module.css'
import { RuleRow } from './RuleRow'
import { announcements, INSTRUCTIONS, useReorderSensors } from './reorder'
import { usePublish } from './usePublish'

/** The rules in order, with the catch-all fixed at the end. */
export function RuleList() {
  const { data } = useSuspenseQuery(rulesQuery())
  const { member } = useSignedIn()
  const publish = usePublish()
  const sensors = useReorderSensors()
  const reasonId = useId()
  const locked = whyNotChangeRules(member)
  const ids = data.rules.map((rule) => rule.id)

  const reorder = (from: number, to: number) => {
    const change = moved(data, from, to)
    if (change) publish(change)
  }

  return (
    <>
      {locked && (
        <p className={css.locked} id={reasonId}>
          <IconLock className={css.icon} stroke={1.8} aria-hidden />
          {locked}
        </p>
      )}
      <DndContext
        id="rules"
        sensors={sensors}
        modifiers={[restrictToVerticalAxis, restrictToParentElement]}
        accessibility={{
          announcements: announcements(data.rules),
          screenReaderInstructions: INSTRUCTIONS,
        }}
        onDragEnd={({ active, over }) => {
          if (over) reorder(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)))
        }}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol className={css.rules} aria-label="Rules in order">
            {data.rules.map((rule, at) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                last={at === data.rules.length - 1}
                lockedBy={locked ? reasonId : undefined}
                onMove={(by) => reorder(at, at + by)}
                onSwitch={(enabled) =>
                  publish({
                    kind: 'switch',
                    rule: rule.id,
                    enabled,
                    words: `“${rule.name}” switched ${enabled ? 'on' : 'off'}`,
                  })
                }
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {data.rules.length === 0 && (
        <Message icon={IconListDetails} title="No rules yet">
          Until there are some, every lead goes to the catch-all.
        </Message>
      )}
      <div className={css.catchAll}>
        <IconLock className={css.icon} stroke={1.8} aria-hidden />
        <div className={css.words}>
          <h2 className={css.name}>Catch-all</h2>
          <p className={css.condition}>Every lead that no rule matches. It always stays last.</p>
        </div>
        <p className={css.action}>{data.catch_all.action_words}</p>
        <p className={css.matched}>
          <b>{count(data.catch_all.matched_30d)}</b> <span className={css.unit}>in 30 days</span>
        </p>
      </div>
    </>
  )
}
