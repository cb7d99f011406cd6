import AxeBuilder from '@axe-core/playwright'
import { expect, open, test } from './fixtures'
import { inLocale, LOCALES } from './site'

for (const locale of LOCALES) {
  test(`axe finds nothing on any page in light or dark (${locale})`, async ({ page, pages }) => {
    test.setTimeout(300_000)
    const violations: string[] = []
    for (const { path, status } of pages) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        if (colorScheme === 'light') await open(page, inLocale(locale, path), status)
        const axe = new AxeBuilder({ page })
        // Only colours differ between the schemes.
        if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
        else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        const result = await axe.analyze()
        expect(result.passes.length, `axe checked nothing on ${path}`).toBeGreaterThan(0)
        for (const { id, nodes } of result.violations) {
          violations.push(
            `${inLocale(locale, path)} (${colorScheme}) ${id}: ${nodes
              .slice(0, 3)
              .map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)
              .join(' | ')}`,
          )
        }
      }
    }
    expect(violations).toEqual([])
  })
}
