import type { Rules } from '@/api/types'
import { move } from '@/lib/move'

/** Something done to the published rules; publishing it makes a new version. */
export type Change =
  | { kind: 'order'; order: string[]; words: string }
  | { kind: 'switch'; rule: string; enabled: boolean; words: string }

/** The rules as they will be once `change` is published, version aside. */
export function apply(rules: Rules, change: Change): Rules {
  switch (change.kind) {
    case 'order': {
      const byId = new Map(rules.rules.map((rule) => [rule.id, rule]))
      const ordered = change.order.flatMap((id) => byId.get(id) ?? [])
      return { ...rules, rules: ordered.map((rule, at) => ({ ...rule, position: at + 1 })) }
    }
    case 'switch':
      return {
        ...rules,
        rules: rules.rules.map((rule) =>
          rule.id === change.rule ? { ...rule, enabled: change.enabled } : rule,
        ),
      }
  }
}

/** What takes `change` back, given the rules before it. */
export function inverse(before: Rules, change: Change): Change {
  switch (change.kind) {
    case 'order':
      return { kind: 'order', order: before.rules.map((rule) => rule.id), words: 'Order restored' }
    case 'switch':
      return { ...change, enabled: !change.enabled, words: 'Switch restored' }
  }
}

/** Moving the rule at place `from` to place `to`, both from 0. */
export function moved(rules: Rules, from: number, to: number): Change | undefined {
  const rule = rules.rules[from]
  if (!rule || from === to || to < 0 || to >= rules.rules.length) return undefined
  const order = move(
    rules.rules.map((each) => each.id),
    from,
    to,
  )
  return { kind: 'order', order, words: `“${rule.name}” moved to position ${to + 1}` }
}
