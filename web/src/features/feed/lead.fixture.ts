import type { LeadSummary } from '@/api/types'

/** A lead for tests, received and decided at the given second of 2026. */
export function someLead(id: string, second: number, more: Partial<LeadSummary> = {}): LeadSummary {
  const at = new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()
  return {
    id,
    received_at: at,
    decided_at: at,
    state: 'assigned',
    name: null,
    email: `${id}@acme.example`,
    company: null,
    domain: null,
    title: null,
    country: null,
    source: { id: 'src_1', name: 'api' },
    rep: null,
    rule: null,
    reason: '',
    ...more,
  }
}
