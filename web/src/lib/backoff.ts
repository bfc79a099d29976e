const FIRST_MS = 500
const LONGEST_MS = 15_000

/**
 * How long to wait before try number `attempt` (from 0), in milliseconds.
 *
 * Doubles up to 15 s. `chance`, from 0 to 1, spreads it over the upper half, so that many browsers
 * do not come back in the same instant after a restart of the server.
 */
export function backoff(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(full / 2 + (full / 2) * chance)
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
