import { EventSourceParserStream } from 'eventsource-parser/stream'
import { backoff, pause } from '@/lib/backoff'
import { authorised } from './client'
import { ApiError, toProblem } from './errors'
import { readLead } from './guards'
import type { LeadSummary } from './types'

/** The server pings every 15 s; silence for longer than this is a dead line. */
const SILENCE_MS = 40_000

export type FeedListener = {
  /** The stream is open; leads decided from now on will come. */
  ready: () => void
  lead: (lead: LeadSummary) => void
  /** The stream broke and will be tried again. */
  lost: () => void
}

/** Follows the live feed until `signal` aborts, coming back with growing pauses when it breaks. */
export async function followFeed(listener: FeedListener, signal: AbortSignal): Promise<void> {
  let attempt = 0
  const ready = () => {
    attempt = 0
    listener.ready()
  }
  while (!signal.aborted) {
    await readFeed({ ...listener, ready }, signal).catch(() => undefined)
    if (signal.aborted) return
    listener.lost()
    await pause(backoff(attempt, Math.random()), signal)
    attempt += 1
  }
}

async function readFeed(listener: FeedListener, signal: AbortSignal): Promise<void> {
  const watchdog = createWatchdog(signal)
  try {
    const response = await authorised(openFeed(watchdog.signal))
    if (!response.ok || !response.body) throw new ApiError(toProblem(undefined, response.status))
    const events = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader()
    for (;;) {
      watchdog.alive()
      const { done, value } = await events.read()
      if (done) return
      if (value.event === 'ready') listener.ready()
      const lead = value.event === 'lead' ? readLead(value.data) : undefined
      if (lead) listener.lead(lead)
    }
  } finally {
    watchdog.end()
  }
}

const openFeed = (signal: AbortSignal) =>
  new Request('/v1/feed', { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal })

/** Aborts when nothing was heard for [`SILENCE_MS`], or when `outer` does. */
function createWatchdog(outer: AbortSignal) {
  const controller = new AbortController()
  const abort = () => controller.abort()
  let timer = setTimeout(abort, SILENCE_MS)
  outer.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(timer)
      timer = setTimeout(abort, SILENCE_MS)
    },
    end() {
      clearTimeout(timer)
      outer.removeEventListener('abort', abort)
      controller.abort()
    },
  }
}
