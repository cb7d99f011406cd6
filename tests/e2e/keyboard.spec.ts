import { expect, open, test } from './fixtures'
import { inLocale, LOCALES } from './site'

for (const locale of LOCALES) {
  test(`the skip link comes first and leads to the text (${locale})`, async ({ page, pages }) => {
    for (const { path, status } of pages) {
      await open(page, inLocale(locale, path), status)
      await page.keyboard.press('Tab')
      const link = page.locator(':focus')
      await expect(link, path).toBeInViewport()
      const target = (await link.getAttribute('href')) ?? ''
      expect(target, path).toMatch(/^#/)
      await page.keyboard.press('Enter')
      await expect(page.locator('main'), path).toBeFocused()
      expect(await page.locator('main').getAttribute('id'), path).toBe(target.slice(1))
    }
  })
}

test('everything that can be clicked is reached by keyboard, and shows that it is', async ({ page, pages }) => {
  test.setTimeout(180_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const problems: string[] = []
  for (const { path, status } of pages) {
    await open(page, path, status)
    const expected = await page.evaluate(() => {
      const groups = new Set<string>()
      const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      const stops = all.filter((element) => {
        if (!element.checkVisibility() || element.matches(':disabled') || element.closest('svg')) return false
        if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true
        if (groups.has(element.name)) return false
        groups.add(element.name)
        return true
      })
      return stops.length
    })
    const reached = new Set<string>()
    for (let step = 0; step < expected * 2 + 10; step++) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const element = document.activeElement
        if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body) return null
        const index = [...document.querySelectorAll('*')].indexOf(element)
        // What shows the focus may be the element, a shape in it, or the label around it.
        const around = [element, element.parentElement, element.nextElementSibling, ...element.querySelectorAll('*')].filter(
          (one) => one !== null,
        )
        const look = () =>
          around
            .map((one) => getComputedStyle(one))
            .map(({ outlineStyle, outlineWidth, outlineColor, boxShadow, stroke, strokeWidth, textDecorationLine }) => {
              const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`
              return [outline, boxShadow, stroke, strokeWidth, textDecorationLine].join()
            })
            .join('|')
        const box = element.getBoundingClientRect()
        const isOnScreen = box.bottom > 0 && box.top < innerHeight
        const focused = look()
        element.blur()
        const seen = focused !== look()
        element.focus({ preventScroll: true })
        return { key: String(index), inMap: element.closest('svg') !== null, name: element.outerHTML.slice(0, 100), seen, isOnScreen }
      })
      if (stop === null) break
      if (reached.has(stop.key)) break
      if (!stop.inMap) reached.add(stop.key)
      if (!stop.seen) problems.push(`${path}: no visible focus on ${stop.name}`)
      if (!stop.isOnScreen) problems.push(`${path}: focus off the screen on ${stop.name}`)
    }
    if (reached.size < expected) problems.push(`${path}: ${reached.size} of ${expected} stops reached`)
  }
  expect(problems).toEqual([])
})
