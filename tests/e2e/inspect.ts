import type { Page } from '@playwright/test'
import { axeViolations } from './axe'
import { expect } from './fixtures'
import { textProblems } from './text-problems'

/** Looks at a page that only this donor can see, wide and narrow, once its styles, scripts and fonts are there. */
export async function inspect(page: Page) {
  await page.waitForLoadState('load')
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  expect.soft(await axeViolations(page), page.url()).toEqual([])
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width: 360, height })
  expect.soft(await page.evaluate(textProblems), page.url()).toEqual([])
  await page.setViewportSize({ width, height })
}

/** As `inspect`, by day and by night. */
export async function inspectDayAndNight(page: Page) {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await inspect(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  expect.soft(await axeViolations(page, 'colours'), `${page.url()} (dark)`).toEqual([])
}
