import { usePathname, useSearchParams } from 'next/navigation'
import { isLeadState } from '@/api/guards'
import type { LeadFilter } from '@/api/queries/leads'

/** Reads a filter from the address, ignoring what it does not know. */
export function readFilter(params: URLSearchParams): LeadFilter {
  const state = params.get('state')
  const q = params.get('q')
  return { ...(isLeadState(state) && { state }), ...(q && { q }) }
}

/** The address's query part for a filter; empty for none. */
export function writeFilter(filter: LeadFilter): string {
  const params = new URLSearchParams()
  if (filter.state) params.set('state', filter.state)
  if (filter.q) params.set('q', filter.q)
  const query = params.toString()
  return query === '' ? '' : `?${query}`
}

/** The filter in the address, and how to change it without a new entry in the history. */
export function useFilter(): [LeadFilter, (filter: LeadFilter) => void] {
  const path = usePathname()
  const filter = readFilter(new URLSearchParams(useSearchParams()))
  const change = (next: LeadFilter) =>
    window.history.replaceState(null, '', `${path}${writeFilter(next)}`)
  return [filter, change]
}
