import { createContext, useContext, useSyncExternalStore } from 'react'
import { session } from '@/api/client'
import type { SessionState } from '@/api/session'
import type { Member, Workspace } from '@/api/types'

const BEFORE_THE_BROWSER: SessionState = { status: 'restoring' }

/** Who is signed in, as it changes. */
export const useSession = (): SessionState =>
  useSyncExternalStore(session.subscribe, session.state, () => BEFORE_THE_BROWSER)

export type SignedIn = { member: Member; workspace: Workspace }

/** Filled by the session gate for everything below it. */
export const SignedInContext = createContext<SignedIn | undefined>(undefined)

/** The member and the workspace; only below the session gate. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext)
  if (!signedIn) throw new Error('useSignedIn is called outside the session gate')
  return signedIn
}

/** Why `member` may not change how pools share leads, or `undefined` if he may. */
export function whyNotChangeTeams(member: Member): string | undefined {
  switch (member.role) {
    case 'owner':
    case 'admin':
    case 'manager':
      return undefined
    case 'rep':
    case 'viewer':
      return `Only owners, admins and managers may change pools. Your role is ${member.role}.`
  }
}

/** Why `member` may not change rules, or `undefined` if he may. */
export function whyNotChangeRules(member: Member): string | undefined {
  switch (member.role) {
    case 'owner':
    case 'admin':
      return undefined
    case 'manager':
    case 'rep':
    case 'viewer':
      return `Only owners and admins may change rules. Your role is ${member.role}.`
  }
}
