import type { LeadState, LeadSummary } from './types'

/** Every state of a lead, in the order in which a filter offers them. */
export const LEAD_STATES: readonly LeadState[] = ['assigned', 'held', 'queued', 'rejected']

/** Whether `value` names a state. */
export const isLeadState = (value: unknown): value is LeadState =>
  LEAD_STATES.some((state) => state === value)

/** Reads the data of a feed event; `undefined` if it is not a lead that this page can show. */
export function readLead(data: string): LeadSummary | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isLead(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Checks what the feed sorts and links by; the rest is the server's word, as in any answer. */
function isLead(value: unknown): value is LeadSummary {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'received_at' in value &&
    typeof value.received_at === 'string' &&
    'source' in value &&
    typeof value.source === 'object' &&
    value.source !== null &&
    'state' in value &&
    isLeadState(value.state)
  )
}
