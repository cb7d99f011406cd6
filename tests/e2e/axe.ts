import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect } from './fixtures'

declare global {
  interface Window {
    axe?: typeof axe
  }
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Rules on which light and dark can differ. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds on a page as it stands, a line each. It runs within the page, in its own frame only: its package for
 * Playwright opens a second page for every look and brings all nodes that passed, which takes four times as long.
 * @param only every rule, or those on which light and dark can differ
 */
export async function axeViolations(page: Page, only: 'all' | 'colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source)
  const runOnly = only === 'all' ? { type: 'tag' as const, values: TAGS } : { type: 'rule' as const, values: COLOURS }
  const result = await page.evaluate((options) => window.axe?.run(document, options), { runOnly, resultTypes: ['violations' as const] })
  expect(result?.passes.length, `axe checked nothing on ${page.url()}`).toBeGreaterThan(0)
  return (result?.violations ?? []).map(({ id, nodes }) => {
    const first = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)
    return `${id}: ${first.join(' | ')}`
  })
}
