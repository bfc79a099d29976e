import type { Page } from '@playwright/test'
import { audit } from '../fixtures/axe'
import { expect, test } from '../fixtures/test'

const PAGES = [
  { name: 'feed', path: '/', ready: 'Live feed' },
  { name: 'rules', path: '/rules/', ready: 'Rules' },
  { name: 'pools', path: '/pools/', ready: 'Pools' },
] as const

const settled = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0)

async function open(page: Page, path: string, heading: string) {
  await page.goto(path)
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
  await settled(page)
}

async function openLead(page: Page) {
  await page.goto('/?state=assigned')
  await page.getByRole('list', { name: 'Leads, newest first' }).getByRole('link').first().click()
  await expect(page.getByRole('region', { name: 'Why' })).toBeVisible()
  await settled(page)
}

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme} colours axe finds nothing`, () => {
    test('on the sign-in page, empty and refused', async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.goto('/')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await audit(page)
    })

    for (const { name, path, ready } of PAGES) {
      test(`on the ${name} page`, async ({ app }) => {
        await app.emulateMedia({ colorScheme: scheme })
        await open(app, path, ready)
        await audit(app)
      })
    }

    test('on a lead’s page', async ({ app }) => {
      await app.emulateMedia({ colorScheme: scheme })
      await openLead(app)
      await audit(app)
    })
  })
}

/** What the tab key reaches from the top of the page, in order, by role and name. */
async function tour(page: Page, stops: number): Promise<string[]> {
  const reached: string[] = []
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.count()) === 0) break
    reached.push(
      await focused.evaluate((element) => {
        const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
        return `${element.tagName.toLowerCase()} ${name.trim()}`
      }),
    )
  }
  return reached
}

test('the tab key alone reaches every control of the rules page, and focus can be seen', async ({
  app,
}) => {
  await open(app, '/rules/', 'Rules')
  const expected = await app
    .locator('a[href]:visible, button:visible:not([disabled]), input:not([disabled])')
    .evaluateAll(
      (all) => all.filter((each) => each instanceof HTMLElement && each.tabIndex >= 0).length,
    )
  const reached = await tour(app, expected + 20)

  expect(reached[0]).toBe('a Skip to the content')
  for (const wanted of ['a Live feed', 'a Rules', 'a Pools']) expect(reached).toContain(wanted)
  const rules = await app
    .getByRole('list', { name: 'Rules in order' })
    .getByRole('heading')
    .allInnerTexts()
  for (const rule of rules) {
    expect(reached).toContain(`button Move ${rule}`)
    expect(reached).toContain(`button Move ${rule} up`)
    expect(reached).toContain(`button Move ${rule} down`)
    expect(reached).toContain(`input ${rule} is on`)
  }
})

test('a lead is opened and left again by keyboard alone', async ({ app }) => {
  await open(app, '/', 'Live feed')
  await app.keyboard.press('Tab')
  await app.keyboard.press('Enter')
  await expect(app.locator('#content')).toBeFocused()

  const first = app.getByRole('list', { name: 'Leads, newest first' }).getByRole('link').first()
  for (let stop = 0; stop < 20; stop += 1) {
    await app.keyboard.press('Tab')
    if (await first.evaluate((link) => link === document.activeElement)) break
  }
  await expect(first).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('region', { name: 'Why' })).toBeVisible()

  await app.getByRole('main').getByRole('link', { name: 'Live feed' }).focus()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { name: 'Live feed' })).toBeVisible()
})

test.describe('on a narrow screen', () => {
  for (const { name, path, ready } of PAGES) {
    test(`the ${name} page fits, and the menu leads elsewhere`, async ({ app }) => {
      await app.setViewportSize({ width: 360, height: 740 })
      await open(app, path, ready)
      const wider = await app.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wider, 'the page scrolls sideways').toBeLessThanOrEqual(0)
      await audit(app)

      await app.getByRole('button', { name: 'Menu' }).click()
      await app.getByRole('dialog').getByRole('link', { name: 'Pools' }).click()
      await expect(app.getByRole('heading', { name: 'Pools', level: 1 })).toBeVisible()
    })
  }
})
