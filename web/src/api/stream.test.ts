import { beforeEach, describe, expect, it, vi } from 'vitest'
import { authorised } from './client'
import { followFeed } from './stream'

vi.mock('./client', () => ({ authorised: vi.fn() }))

const lead = (id: string) =>
  JSON.stringify({ id, received_at: '2026-01-01T00:00:00Z', state: 'assigned', source: {} })

const answers = (...chunks: string[]) => new Response(chunks.join(''))

const event = (name: string, data: string) => `event: ${name}\ndata: ${data}\n\n`

/** Follows a feed that gives `responses` one after the other, until it is lost so many times. */
async function follow(responses: Response[], losses: number) {
  const heard: string[] = []
  const controller = new AbortController()
  for (const response of responses) vi.mocked(authorised).mockResolvedValueOnce(response)
  const done = followFeed(
    {
      ready: () => heard.push('ready'),
      lead: ({ id }) => heard.push(id),
      lost() {
        heard.push('lost')
        if (heard.filter((each) => each === 'lost').length === losses) controller.abort()
      },
    },
    controller.signal,
  )
  await vi.runAllTimersAsync()
  await done
  return heard.join(' ')
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.mocked(authorised).mockReset()
})

describe('followFeed', () => {
  it('says when it is ready and hands over leads, and nothing of pings or of what it cannot read', async () => {
    const body = answers(
      event('ready', '{}'),
      event('lead', lead('lead_1')),
      event('ping', ''),
      event('lead', '{"id":7}'),
      event('lead', '{'),
      event('lead', lead('lead_2')),
    )
    expect(await follow([body], 1)).toBe('ready lead_1 lead_2 lost')
  })

  it('comes back after the line broke and after a refusal', async () => {
    const responses = [
      answers(event('ready', '{}')),
      new Response('busy', { status: 503 }),
      answers(event('ready', '{}'), event('lead', lead('lead_1'))),
    ]
    expect(await follow(responses, 3)).toBe('ready lost lost ready lead_1 lost')
    expect(authorised).toHaveBeenCalledTimes(3)
  })

  it('asks for an event stream', async () => {
    await follow([answers()], 1)
    const request = vi.mocked(authorised).mock.calls[0]?.[0]
    expect(request?.headers.get('Accept')).toBe('text/event-stream')
  })
})
