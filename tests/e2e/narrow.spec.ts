import { expect, open, test } from './fixtures'
import { textProblems } from './text-problems'
import { inLocale, LOCALES } from './site'

for (const locale of LOCALES) {
  for (const width of [360, 768, 1280]) {
    test(`no text is cut, overlapping or beyond the edge at ${width} px (${locale})`, async ({ page, pages }) => {
      test.setTimeout(180_000)
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const problems: string[] = []
      for (const { path, status } of pages) {
        await open(page, inLocale(locale, path), status)
        for (const problem of await page.evaluate(textProblems)) problems.push(`${inLocale(locale, path)}: ${problem}`)
      }
      expect(problems).toEqual([])
    })
  }
}
