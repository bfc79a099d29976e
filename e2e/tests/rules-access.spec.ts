import { audit } from '../fixtures/axe'
import { expect, test } from '../fixtures/test'

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme} colours axe finds nothing`, () => {
    test('with the account menu and a toast open', async ({ app }) => {
      await app.emulateMedia({ colorScheme: scheme })
      await app.goto('/rules/')
      await expect(app.getByRole('heading', { name: 'Rules', level: 1 })).toBeVisible()
      const control = app.getByRole('switch').first()
      await control.press('Space')
      await expect(app.getByText(/^Published as version/)).toBeVisible()
      await app.getByRole('button', { name: 'your account' }).click()
      await expect(app.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
      await audit(app)
      await app.keyboard.press('Escape')
      await app.getByRole('button', { name: 'Undo' }).click()
      await expect(app.getByText('Switch restored')).toBeVisible()
    })
  })
}
