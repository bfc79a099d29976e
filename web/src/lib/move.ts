/** A copy of `list` with the item at `from` moved to `to`; places outside the list are clamped. */
export function move<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list]
  const [item] = copy.splice(from, 1)
  if (item === undefined) return copy
  copy.splice(Math.max(0, Math.min(to, copy.length)), 0, item)
  return copy
}
