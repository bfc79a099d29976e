import { submitSignIn } from '../fixtures/sign-in'
import { expect, test } from '../fixtures/test'

test('a wrong password is refused in words, and the right one opens the app', async ({
  page,
  demo,
}) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Sign in to your workspace' })).toBeVisible()

  await submitSignIn(page, demo.email, 'not the password')
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible()

  await submitSignIn(page, demo.email, demo.password)
  await expect(page.getByRole('heading', { name: 'Live feed' })).toBeVisible()
})

test('an empty form says what is missing', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible()
  await expect(page.getByText('Enter your password.')).toBeVisible()
})

test('the address that was asked for opens after signing in, and a reload keeps it', async ({
  page,
  demo,
}) => {
  await page.goto('/pools/')
  await submitSignIn(page, demo.email, demo.password)
  await expect(page.getByRole('heading', { name: 'Pools', level: 1 })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Pools', level: 1 })).toBeVisible()
})

test('signing out ends the session for good', async ({ page, demo }) => {
  await page.goto('/')
  await submitSignIn(page, demo.email, demo.password)
  await page.getByRole('button', { name: 'your account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to your workspace' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Sign in to your workspace' })).toBeVisible()
})
