import { describe, expect, it, vi } from 'vitest'
import type { FeedListener } from '@/api/stream'
import type { LeadSummary } from '@/api/types'
import { MOST_SHOWN } from './feed'
import { someLead } from './lead.fixture'
import { createFeed } from './store'

const lead = (second: number) => someLead(`lead_${String(second).padStart(5, '0')}`, second)

function started(listed: LeadSummary[]) {
  const world: { listener?: FeedListener; listed: LeadSummary[] } = { listed }
  const refetch = vi.fn(() => Promise.resolve())
  const feed = createFeed({
    follow(listener) {
      world.listener = listener
      return Promise.resolve()
    },
    newest: () => Promise.resolve(world.listed),
    refetch,
  })
  const stop = feed.start()
  return { feed, world, refetch, stop }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('the feed store', () => {
  it('fills the gap between the list and the stream once connected', async () => {
    const { feed, world } = started([lead(1)])
    world.listener?.ready()
    await settled()
    expect(feed.state().connection).toBe('live')
    expect(feed.state().shown).toEqual([lead(1)])
  })

  it('brings what came while the line was down', async () => {
    const { feed, world, refetch } = started([lead(1)])
    world.listener?.ready()
    await settled()
    world.listener?.lost()
    world.listed = [lead(3), lead(2), lead(1)]
    world.listener?.ready()
    await settled()
    expect(feed.state().shown).toEqual([lead(3), lead(2), lead(1)])
    expect(refetch).not.toHaveBeenCalled()
  })

  it('fetches afresh when the newest page does not reach back to what it knows', async () => {
    const { feed, world, refetch } = started([lead(1)])
    world.listener?.ready()
    await settled()
    world.listed = [lead(900), lead(899)]
    world.listener?.ready()
    await settled()
    expect(refetch).toHaveBeenCalledTimes(1)
    expect(feed.state().shown).toEqual([])
  })

  it('stays small however long it runs', async () => {
    const { feed, world, refetch } = started([])
    for (let second = 0; second <= MOST_SHOWN; second += 1) world.listener?.lead(lead(second))
    world.listener?.lead(lead(5000))
    await settled()
    expect(refetch).toHaveBeenCalledTimes(1)
    expect(feed.state().shown).toEqual([lead(5000)])
  })

  it('tells its readers of every change', () => {
    const { feed } = started([])
    const heard = vi.fn()
    const leave = feed.subscribe(heard)
    feed.hold('button', true)
    leave()
    feed.hold('button', false)
    expect(heard).toHaveBeenCalledTimes(1)
  })
})
