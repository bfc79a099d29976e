import { somebody } from '../fixtures/api'
import { expect, test } from '../fixtures/test'

const WITHIN_MS = 1_000

test('a posted lead is in the feed within a second, with its owner and reason', async ({
  app,
  customer,
}) => {
  await app.goto('/')
  await expect(app.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const person = somebody()
  const row = app.getByRole('listitem').filter({ hasText: person.name })
  const shown = row.waitFor().then(() => Date.now())

  const sent = Date.now()
  const decision = await customer.post({ ...person, company: 'Initech', country: 'Germany' })

  expect((await shown) - sent).toBeLessThan(WITHIN_MS)
  await expect(row).toContainText(decision.reason)
  if (decision.rep) await expect(row).toContainText(decision.rep.name)
  const first = app.getByRole('list', { name: 'Leads, newest first' }).getByRole('listitem').first()
  await expect(first).toContainText(person.name)
})

test('a paused feed holds still and says how many leads wait', async ({ app, customer }) => {
  await app.goto('/')
  await expect(app.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
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
  await expect(
    app.getByRole('list', { name: 'Leads, newest first' }).getByRole('listitem'),
  ).toHaveCount(1)
  await expect(app.getByText(person.name)).toBeVisible()

  await app.getByRole('textbox', { name: 'E-mail begins with' }).fill('nobody.is.called.this')
  await expect(app.getByText('No lead fits this filter')).toBeVisible()
})
