import { session } from '@/api/client'

const CHANNEL = 'lead-router-session'

/** Signs out, here and in the other tabs of this browser. */
export async function signOutEverywhere(): Promise<void> {
  await session.signOut()
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('signed-out')
  channel.close()
}

/** Calls `onSignedOut` when another tab signs out; returns how to stop listening. */
export function listenToTabs(onSignedOut: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => onSignedOut()
  return () => channel.close()
}
