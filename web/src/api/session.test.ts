import { describe, expect, it, vi } from 'vitest'
import { ApiError, toProblem } from './errors'
import { createSession, type SessionPorts } from './session'
import type { SessionBody } from './types'

const body = (token: string): SessionBody => ({
  access_token: token,
  expires_in_s: 600,
  member: { user_id: 'user_1', name: 'Ada', email: 'ada@northwind.example', role: 'owner' },
  workspace: { id: 'ws_1', slug: 'northwind', name: 'Northwind' },
})

const refused = () => Promise.reject(new ApiError(toProblem(undefined, 401)))

function sessionWith(overrides: Partial<SessionPorts>) {
  return createSession({
    signIn: () => Promise.resolve(body('first')),
    refresh: () => Promise.resolve(body('fresh')),
    signOut: () => Promise.resolve(),
    exclusively: (task) => task(),
    now: () => 0,
    ...overrides,
  })
}

describe('restore', () => {
  it('signs in by the cookie', async () => {
    const session = sessionWith({})
    await session.restore()
    expect(session.state()).toMatchObject({ status: 'signed-in', member: { name: 'Ada' } })
  })

  it('is signed out, not expired, when there is no cookie', async () => {
    const session = sessionWith({ refresh: refused })
    await session.restore()
    expect(session.state()).toEqual({ status: 'signed-out', expired: false })
  })

  it('does not take a lost network for signed out, and can be tried again', async () => {
    const refresh = vi.fn<SessionPorts['refresh']>()
    refresh.mockRejectedValueOnce(new TypeError('fetch failed')).mockResolvedValue(body('fresh'))
    const session = sessionWith({ refresh })
    await session.restore()
    expect(session.state().status).toBe('unreachable')
    await session.restore()
    expect(session.state().status).toBe('signed-in')
  })
})

describe('token', () => {
  it('is kept while it has a minute to live and renewed after', async () => {
    let now = 0
    const session = sessionWith({ now: () => now })
    await session.signIn({ email: 'ada@northwind.example', password: 'secret' })
    await expect(session.token()).resolves.toBe('first')
    now = 545_000
    await expect(session.token()).resolves.toBe('fresh')
  })

  it('is renewed once for callers at the same time', async () => {
    const refresh = vi.fn(() => Promise.resolve(body('fresh')))
    const session = sessionWith({ refresh })
    await Promise.all([session.token(), session.token(), session.renew()])
    expect(refresh).toHaveBeenCalledTimes(1)
  })

  it('tells an expired session from one never begun', async () => {
    const session = sessionWith({ refresh: refused })
    await session.signIn({ email: 'ada@northwind.example', password: 'secret' })
    await expect(session.renew()).rejects.toThrow()
    expect(session.state()).toEqual({ status: 'signed-out', expired: true })
  })
})

describe('signOut', () => {
  it('forgets even when the server cannot be told', async () => {
    const session = sessionWith({ signOut: () => Promise.reject(new TypeError('offline')) })
    await session.restore()
    const heard = vi.fn()
    session.subscribe(heard)
    await session.signOut()
    expect(session.state()).toEqual({ status: 'signed-out', expired: false })
    expect(heard).toHaveBeenCalled()
  })
})
