import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError, explain } from '@/api/errors'
import {
  lintQuery,
  publishOrder,
  publishSwitch,
  rulesQuery,
  versionsQuery,
} from '@/api/queries/rules'
import type { Rules } from '@/api/types'
import { apply, type Change, inverse } from './change'
import css from './usePublish.module.css'

const KEY = ['rules', 'publish']
const UNDO_MS = 10_000

/**
 * Publishes changes to the rules one after the other, showing each at once.
 *
 * A toast offers to take the change back, by publishing its inverse. When somebody else has
 * published meanwhile, nothing is changed and the rules are read again.
 */
export function usePublish(): (change: Change) => void {
  const queries = useQueryClient()
  const { queryKey } = rulesQuery()
  const { mutate } = useMutation({
    mutationKey: KEY,
    scope: { id: 'rules' },
    mutationFn: (change: Change) => publish(change, queries.getQueryData(queryKey)?.version ?? 0),
    async onMutate(change) {
      await queries.cancelQueries({ queryKey, exact: true })
      const before = queries.getQueryData(queryKey)
      if (before) queries.setQueryData(queryKey, apply(before, change))
      return before
    },
    onSuccess(after, change, before) {
      accept(queries, after)
      void queries.invalidateQueries({ queryKey: versionsQuery().queryKey })
      void queries.invalidateQueries({ queryKey: lintQuery().queryKey })
      const undo = before && (() => mutate(inverse(before, change)))
      confirm(after, change, undo)
    },
    async onError(error) {
      await queries.invalidateQueries({ queryKey })
      complain(error)
    },
  })
  return mutate
}

function publish(change: Change, version: number): Promise<Rules> {
  switch (change.kind) {
    case 'order':
      return publishOrder(version, change.order)
    case 'switch':
      return publishSwitch(version, change.rule, change.enabled)
  }
}

/** Takes the server's rules, unless further changes are under way: then only their version. */
function accept(queries: QueryClient, after: Rules) {
  const last = queries.isMutating({ mutationKey: KEY }) <= 1
  queries.setQueryData(rulesQuery().queryKey, (shown) =>
    last || !shown ? after : { ...shown, version: after.version, published_at: after.published_at },
  )
}

function confirm(after: Rules, change: Change, undo: (() => void) | undefined) {
  const id = `rules-${after.version}`
  const take = () => {
    notifications.hide(id)
    undo?.()
  }
  notifications.show({
    id,
    autoClose: UNDO_MS,
    title: change.words,
    message: (
      <span className={css.toast}>
        Published as version {after.version}.
        {undo && (
          <Button size="compact-xs" variant="default" onClick={take}>
            Undo
          </Button>
        )}
      </span>
    ),
  })
}

function complain(error: unknown) {
  if (error instanceof ApiError && error.code === 'ruleset-moved') {
    notifications.show({
      color: 'yellow',
      title: 'Somebody else changed the rules',
      message: 'Your change was not made. These are the rules as they are now; try it again.',
    })
    return
  }
  const { title, detail } = explain(error)
  notifications.show({ color: 'red', title, message: detail })
}
