import { IconBan, IconCircleCheck, IconClockPause, IconInbox } from '@tabler/icons-react'
import type { LeadState } from '@/api/types'
import { Badge } from '@/ui/Badge'

/** A lead's state as a word with its colour. */
export function StateBadge({ state }: { state: LeadState }) {
  switch (state) {
    case 'assigned':
      return (
        <Badge tone="positive" icon={IconCircleCheck}>
          Assigned
        </Badge>
      )
    case 'held':
      return (
        <Badge tone="warning" icon={IconClockPause}>
          Held
        </Badge>
      )
    case 'queued':
      return (
        <Badge tone="info" icon={IconInbox}>
          Queued
        </Badge>
      )
    case 'rejected':
      return (
        <Badge tone="neutral" icon={IconBan}>
          Rejected
        </Badge>
      )
  }
}
