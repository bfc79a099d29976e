import type { LeadSummary } from '@/api/types'

/** What to call a lead: the person, else the address, else the company. */
export const leadName = (
  lead: Pick<LeadSummary, 'name' | 'email' | 'company' | 'domain'>,
): string => lead.name ?? lead.email ?? lead.company ?? lead.domain ?? 'Unnamed lead'

/** Where a lead's page is. */
export const leadHref = (id: string): string => `/lead/?id=${encodeURIComponent(id)}`
