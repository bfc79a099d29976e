import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/test'

const rules = (page: Page) =>
  page.getByRole('list', { name: 'Rules in order' }).getByRole('listitem')

const names = (page: Page) => rules(page).getByRole('heading').allInnerTexts()

async function version(page: Page): Promise<number> {
  const words = await page.getByText(/^Version \d+$/).innerText()
  return Number(words.replace('Version ', ''))
}

test.beforeEach(async ({ app }) => {
  await app.goto('/rules/')
  await expect(rules(app).first()).toBeVisible()
})

test('a rule is moved by keyboard alone, and the move is there for everybody', async ({ app }) => {
  const before = await names(app)
  const was = await version(app)
  const [first, second] = before
  const handle = app.getByRole('button', { name: `Move ${first}`, exact: true })
  await handle.focus()
  await app.keyboard.press('Space')
  await expect(handle).toHaveAttribute('aria-pressed', 'true')
  await app.keyboard.press('ArrowDown')
  await expect(app.getByText(`${first} is over position 2 of ${before.length}.`)).toBeAttached()
  await app.keyboard.press('Space')

  await expect(app.getByText(`Version ${was + 1}`, { exact: true })).toBeVisible()
  expect((await names(app)).slice(0, 2)).toEqual([second, first])
  await app.reload()
  await expect(rules(app).first()).toBeVisible()
  expect((await names(app)).slice(0, 2)).toEqual([second, first])

  await app.getByRole('button', { name: `Move ${first} up`, exact: true }).press('Enter')
  await expect(app.getByText(`Version ${was + 2}`, { exact: true })).toBeVisible()
  expect(await names(app)).toEqual(before)
})

test('a rule is switched off, and undoing switches it on again as a further version', async ({
  app,
}) => {
  const was = await version(app)
  const [first] = await names(app)
  const control = app.getByRole('switch', { name: `${first} is on` })
  await expect(control).toBeChecked()

  await control.press('Space')
  await expect(control).not.toBeChecked()
  await expect(app.getByText(`Published as version ${was + 1}.`)).toBeVisible()

  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(control).toBeChecked()
  await expect(app.getByText(`Version ${was + 2}`, { exact: true })).toBeVisible()
})

test('a rule that is switched off is skipped, and the lead’s page says so', async ({
  app,
  customer,
}) => {
  const was = await version(app)
  const [first] = await names(app)
  const control = app.getByRole('switch', { name: `${first} is on` })
  await control.press('Space')
  await expect(app.getByText(`Version ${was + 1}`, { exact: true })).toBeVisible()

  const decision = await customer.post({ name: 'Zoe Skip', email: 'zoe.skip@example.com' })
  await app.goto(`/lead/?id=${decision.lead_id}`)
  const skipped = app.getByRole('listitem').filter({ hasText: first ?? '' })
  await expect(skipped.getByText('Switched off')).toBeVisible()

  await app.goto('/rules/')
  await control.press('Space')
  await expect(app.getByText(`Version ${was + 2}`, { exact: true })).toBeVisible()
})

test('the catch-all stays at the end', async ({ app }) => {
  await expect(app.getByRole('heading', { name: 'Catch-all' })).toBeVisible()
  const last = (await names(app)).at(-1)
  const down = app.getByRole('button', { name: `Move ${last} down`, exact: true })
  await expect(down).toHaveAttribute('aria-disabled', 'true')
})

test('an earlier version is compared, brought back, and listed', async ({ app }) => {
  const was = await version(app)
  const [first] = await names(app)
  const control = app.getByRole('switch', { name: `${first} is on` })
  await control.press('Space')
  await expect(app.getByText(`Version ${was + 1}`, { exact: true })).toBeVisible()

  const versions = app.getByRole('list', { name: 'Versions, newest first' })
  await expect(versions.getByRole('listitem').first()).toContainText(`Version ${was + 1}`)
  await app.getByLabel('From version', { exact: true }).selectOption(String(was))
  await app.getByLabel('To version', { exact: true }).selectOption(String(was + 1))
  await app.getByRole('button', { name: 'Compare' }).click()
  const changes = app.getByRole('list', { name: 'Changes' })
  await expect(changes).toContainText(`${first} was switched off`)

  await app.getByRole('button', { name: `Roll back to version ${was}`, exact: true }).click()
  const dialog = app.getByRole('dialog', { name: `Roll back to version ${was}?` })
  await expect(dialog.getByRole('list', { name: 'Changes' })).toContainText('was switched on')
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await expect(app.getByText(`Published as version ${was + 2}.`)).toBeVisible()
  await expect(control).toBeChecked()
  await expect(versions.getByRole('listitem').first()).toContainText(`Back to version ${was}`)
})

test('what is odd about the rules is shown beside them', async ({ app }) => {
  const checks = app.getByRole('region', { name: 'Checks' })
  await checks.getByText(/^\d+ notes?$/).click()
  await expect(
    checks.getByRole('list', { name: 'Notes' }).getByRole('listitem').first(),
  ).toBeVisible()
})

test('a version is tried on past leads, and says who would move', async ({ app }) => {
  const [first] = await names(app)
  await app.getByRole('switch', { name: `${first} is on` }).press('Space')
  await expect(app.getByText(/^Published as version/)).toBeVisible()
  const panel = app.getByRole('region', { name: 'Try on past leads' })
  await panel.getByRole('button', { name: 'Try' }).press('Enter')
  await expect(panel.getByText(/ of [\d,]+ leads \(.*\) would go elsewhere\./)).toBeVisible()
  await app.getByRole('switch', { name: `${first} is on` }).press('Space')
})
