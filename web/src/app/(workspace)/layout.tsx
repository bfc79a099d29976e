import type { ReactNode } from 'react'
import { SessionGate } from '@/features/session/SessionGate'
import { Shell } from '@/features/shell/Shell'

export default function WorkspaceLayout({ children }: { children: ReactNode }) {
  return (
    <SessionGate>
      <Shell>{children}</Shell>
    </SessionGate>
  )
}
