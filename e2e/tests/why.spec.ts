import { somebody } from '../fixtures/api'
import { expect, test } from '../fixtures/test'

test('an assigned lead’s page names the rule and the rep, and why the others were not it', async ({
  app,
}) => {
  await app.goto('/?state=assigned')
  const leads = app.getByRole('list', { name: 'Leads, newest first' })
  // One whose turn it was: who owned the person or the account before was not chosen among others.
  const turn = leads.getByRole('listitem').filter({ hasText: '’s turn' })
  await turn.getByRole('link').first().click()

  const why = app.getByRole('region', { name: 'Why' })
  await expect(why).toBeVisible()
  const winner = app
    .getByRole('listitem')
    .filter({ has: app.getByRole('img', { name: 'Matched', exact: true }) })
  await expect(winner).toHaveCount(1)
  const rule = await winner.locator('p').first().innerText()
  const chosen = app.getByRole('row').filter({ hasText: 'Chosen' })
  const rep = await chosen.getByRole('rowheader').innerText()

  await expect(why).toContainText(rep.split('\n').at(-1) ?? rep)
  expect(rule).toContain('Decided')
  const failed = app
    .getByRole('listitem')
    .filter({ has: app.getByRole('img', { name: 'Did not match' }) })
  for (const rung of await failed.all()) await expect(rung.locator('p').nth(1)).not.toBeEmpty()
})

test('a posted lead’s page shows what was received beside what was made of it', async ({
  app,
  customer,
}) => {
  const person = somebody()
  const decision = await customer.post({
    name: person.name.toUpperCase(),
    email: ` ${person.email.toUpperCase()} `,
    country: 'deutschland',
    employees: '51-200',
  })
  await app.goto(`/lead/?id=${decision.lead_id}`)
  await expect(
    app.getByRole('heading', { name: person.name.split(' ')[0] ?? '', level: 1 }),
  ).toBeVisible()
  await expect(app.getByText('deutschland')).toBeVisible()
  await expect(app.getByRole('region', { name: 'Why' })).toContainText(
    decision.rule?.name ?? 'rule',
  )
})

test('another rule or rep is asked about, and the decision replays', async ({ app, customer }) => {
  const person = somebody()
  const decision = await customer.post({ name: person.name, email: person.email })
  await app.goto(`/lead/?id=${decision.lead_id}`)
  await app.getByRole('button', { name: 'Replay' }).click()
  await expect(app.getByText('It replays to the same bytes.')).toBeVisible()
  const asked = app.getByRole('region', { name: 'Other rules and reps' })
  for (const label of ['Spam', 'Priya Raman']) {
    await asked.getByLabel('Why not…').selectOption({ label })
    await expect(asked.getByRole('status')).toContainText(label)
  }
})

test('a lead that is not there says so', async ({ app }) => {
  await app.goto('/lead/?id=lead_00000000000070008000000000000000')
  await expect(app.getByRole('heading', { name: 'There is no such lead' })).toBeVisible()
})
