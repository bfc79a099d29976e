import { expect, test } from '../fixtures/test'

test('every pool shows its members’ shares and who is next', async ({ app }) => {
  await app.goto('/pools/')
  const pools = app.getByRole('region').filter({ has: app.getByRole('heading', { level: 2 }) })
  await expect(pools.first()).toBeVisible()
  expect(await pools.count()).toBeGreaterThanOrEqual(4)

  for (const pool of await pools.all()) {
    const members = pool.getByRole('row').filter({ has: app.getByRole('rowheader') })
    const next = pool.getByRole('list').first().getByRole('listitem')
    const nobody = pool.getByText('Nobody can take a lead now')
    expect(await members.count()).toBeGreaterThan(0)
    await expect(next.or(nobody).first()).toBeVisible()
    if (!(await nobody.isVisible())) await expect(next).toHaveCount(5)
    await expect(members.first()).toContainText('%')
  }
})

test('a credit is booked in the ledger with its reason', async ({ app }) => {
  await app.goto('/pools/')
  const pool = app.getByRole('region', { name: 'Enterprise EMEA' })
  await pool.getByText('Ledger', { exact: true }).click()
  await pool.getByLabel('Credit to').selectOption({ label: 'Priya Raman' })
  await pool.getByLabel('Reason').fill('Covered the fair')
  await pool.getByRole('button', { name: 'Credit' }).click()
  const entry = pool.getByRole('listitem').filter({ hasText: 'Covered the fair' })
  await expect(entry).toContainText('Turns credited by hand')
  await expect(entry).toContainText('Priya Raman is owed 1 more')
})
