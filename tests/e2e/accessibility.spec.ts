import { axeViolations } from './axe'
import { expect, open, test } from './fixtures'
import { inLocale, LOCALES } from './site'

for (const locale of LOCALES) {
  test(`axe finds nothing on any page in light or dark (${locale})`, async ({ page, pages }) => {
    test.setTimeout(300_000)
    const violations: string[] = []
    // Rows of spends have more links than those of gifts.
    for (const { path, status } of [...pages, { path: '/sao-ke?loai=tra-nha-cung-cap&xep=lon-nhat', status: 200 }]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        if (colorScheme === 'light') await open(page, inLocale(locale, path), status)
        // Only colours differ between the schemes.
        const found = await axeViolations(page, colorScheme === 'light' ? 'all' : 'colours')
        violations.push(...found.map((violation) => `${inLocale(locale, path)} (${colorScheme}) ${violation}`))
      }
    }
    expect(violations).toEqual([])
  })
}
