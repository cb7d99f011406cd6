import type { Page } from '@playwright/test'
import { expect, open } from './fixtures'
import { inLocale, type SiteLocale } from './site'

/** From the home page to the form of an open campaign, by the links that a stranger finds. */
export async function findForm(page: Page, locale: SiteLocale): Promise<string> {
  await open(page, inLocale(locale, '/'))
  await page.locator(`nav a[href="${inLocale(locale, '/chien-dich')}"]`).click()
  await page
    .locator(`main a[href^="${inLocale(locale, '/chien-dich/')}"]`)
    .first()
    .click()
  await page.waitForURL(/\/chien-dich\//)
  const campaign = new URL(page.url()).pathname
  await page
    .locator(`main a.act[href^="${inLocale(locale, '/ung-ho/')}"]:visible`)
    .first()
    .click()
  await page.waitForURL(/\/ung-ho\//)
  return campaign
}

/** Gives an amount with a name that shows: the gift's page is open then, or the form again with what is wrong. */
export async function fillIn(page: Page, donor: { amount: string; name: string; message: string }) {
  await page.locator('input[name=amount][value=other]').check()
  await page.locator('input[name=otherAmount]').fill(donor.amount)
  await page.locator('input[name=name]').fill(donor.name)
  await page.locator('input[name=showName][value=yes]').check()
  await page.locator('[name=message]').fill(donor.message)
  await page.locator('form[action$="/gui"] button[type=submit]').click()
  await page.waitForURL(/\/theo-doi\/TD|[?&]loi=/)
}

/** Pays at the test bank, with the memo mangled on its way. */
export async function pay(page: Page, bank: string, mangling: string) {
  await page.locator('main a[href*="/ngan-hang-thu?qr="]').click()
  await page.locator('select[name=bank]').selectOption(bank)
  await page.locator('select[name=mangling]').selectOption(mangling)
  await page.locator('form[action$="/ngan-hang-thu/gui"] button[type=submit]').click()
  await expect(page).toHaveURL(/\/ngan-hang-thu\/da-gui/)
}
