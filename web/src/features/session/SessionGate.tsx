'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { session } from '@/api/client'
import { Failure } from '@/ui/Failure'
import { Splash } from '@/ui/Splash'
import { Title } from '@/ui/Title'
import { SignIn } from './SignIn'
import { SignedInContext, useSession } from './session'
import { listenToTabs } from './tabs'

/**
 * Shows its children to somebody signed in, and the sign-in form to anybody else.
 *
 * During the build and until the session is restored it shows a splash, so nothing below it ever
 * runs outside a browser.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const state = useSession()
  const queries = useQueryClient()
  useEffect(() => void session.restore(), [])
  useEffect(() => listenToTabs(session.drop), [])
  useEffect(
    () =>
      session.subscribe(() => {
        if (session.state().status === 'signed-out') queries.clear()
      }),
    [queries],
  )
  const signedIn = useMemo(() => (state.status === 'signed-in' ? state : undefined), [state])

  switch (state.status) {
    case 'restoring':
      return <Splash />
    case 'unreachable':
      return (
        <main>
          <Title>Not reachable</Title>
          <Failure error={state.error} retry={() => void session.restore()} />
        </main>
      )
    case 'signed-out':
      return <SignIn expired={state.expired} />
    case 'signed-in':
      return <SignedInContext value={signedIn}>{children}</SignedInContext>
  }
}
