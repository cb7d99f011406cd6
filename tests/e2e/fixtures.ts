import { test as base, type Page } from '@playwright/test'
import { gatherPages, type SitePage } from './site'

interface TestFixtures {
  /** Fails a test whose pages complained in the console or asked for something that was not there. */
  quiet: undefined
}

interface WorkerFixtures {
  pages: SitePage[]
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  pages: [
    async ({ playwright }, use, info) => {
      const baseURL = info.project.use.baseURL
      if (baseURL === undefined) throw new Error('the configuration names no address')
      const request = await playwright.request.newContext({ baseURL })
      await use(await gatherPages(request))
      await request.dispose()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
      page.on('console', (message) => {
        // A page that is rightly not there is told by its status; browsers log that as an error too.
        if (message.type() === 'error' && !message.text().includes('status of 404')) complaints.push(`console: ${message.text()}`)
      })
      page.on('response', (response) => {
        const request = response.request()
        // What a browser follows in advance is refused while all hands are full, and asked for again when somebody comes.
        if (response.status() >= 400 && request.resourceType() !== 'document' && request.headers()['sec-purpose'] === undefined)
          complaints.push(`${response.status()} ${response.url()}`)
      })
      await use(undefined)
      base.expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export const expect = test.expect

/** Goes to a page and waits until its fonts and scripts are there. */
export async function open(page: Page, path: string, status = 200): Promise<void> {
  const response = await page.goto(path, { waitUntil: 'load' })
  expect.soft(response?.status(), path).toBe(status)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
