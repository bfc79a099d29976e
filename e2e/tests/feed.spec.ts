import type { Page } from '@playwright/test'
import { somebody } from '../fixtures/api'
import { expect, test } from '../fixtures/test'

const WITHIN_MS = 1_000

/** A busy machine may delay one lead; of three, the one in the middle says what is usual. */
const LEADS = 3

const rows = (page: Page) =>
  page.getByRole('list', { name: 'Leads, newest first' }).getByRole('listitem')

/** Opens the feed and waits until it shows leads and hears of new ones. */
async function openFeed(page: Page) {
  await page.goto('/')
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
}

test('a posted lead is in the feed within a second, with its owner and reason', async ({
  app,
  customer,
}) => {
  await openFeed(app)
  const took: number[] = []
  while (took.length < LEADS) {
    const person = somebody()
    const row = rows(app).filter({ hasText: person.name })
    const shown = row.waitFor().then(() => Date.now())
    const sent = Date.now()
    const decision = await customer.post({ ...person, company: 'Initech', country: 'Germany' })
    took.push((await shown) - sent)

    await expect(row).toContainText(decision.reason)
    if (decision.rep) await expect(row).toContainText(decision.rep.name)
    await expect(rows(app).first()).toContainText(person.name)
  }
  const usual = took.toSorted((a, b) => a - b)[Math.floor(LEADS / 2)]
  expect(usual, `they took ${took.join(', ')} ms`).toBeLessThan(WITHIN_MS)
})

test('a paused feed holds still and says how many leads wait', async ({ app, customer }) => {
  await openFeed(app)
  await app.getByRole('button', { name: 'Pause' }).click()
  const person = somebody()
  await customer.post(person)

  await expect(app.getByRole('button', { name: 'Resume · 1 waiting' })).toBeVisible()
  await expect(app.getByText(person.name)).toHaveCount(0)
  await app.getByRole('button', { name: /^Resume/ }).click()
  await expect(app.getByText(person.name)).toBeVisible()
})

test('the feed is searched by the beginning of an address', async ({ app, customer }) => {
  const person = somebody()
  await customer.post(person)
  await app.goto('/')
  await app.getByRole('textbox', { name: 'E-mail begins with' }).fill(person.email.slice(0, 12))
  await expect(rows(app)).toHaveCount(1)
  await expect(app.getByText(person.name)).toBeVisible()

  await app.getByRole('textbox', { name: 'E-mail begins with' }).fill('nobody.is.called.this')
  await expect(app.getByText('No lead fits this filter')).toBeVisible()
})
