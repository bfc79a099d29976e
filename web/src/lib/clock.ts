import { useSyncExternalStore } from 'react'

const TICK_MS = 5000

let now = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tick() {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (listeners.size === 1) timer = setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      now = 0
    }
  }
}

function current() {
  if (now === 0) now = Date.now()
  return now
}

/** The time in milliseconds, five seconds exact. All readers share one timer. */
export const useNow = (): number => useSyncExternalStore(subscribe, current, () => 0)
