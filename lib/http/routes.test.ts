import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { routeOf } from './routes'

const APP = new URL('../../app', import.meta.url).pathname
const files = globSync('**/{page.tsx,route.ts}', { cwd: APP }).map((file) => `/${file}`)

/** The address that a file of `app` answers, as Next writes it. */
const addressOf = (file: string): string =>
  file
    .replace(/\/(?:page\.tsx|route\.ts)$/, '')
    .replaceAll(/\/\([^)]*\)/g, '')
    .replace(/^\/\[locale\]/, '')
    .replace(/^\/api\/webhooks\/\w+$/, '/api/webhooks/[provider]') || '/'

describe('the pattern of an address', () => {
  test('is known for each page and handler', () => {
    const addresses = files.map(addressOf).filter((address) => !address.includes('[...'))
    expect(addresses.length).toBeGreaterThan(15)
    for (const address of addresses) expect(routeOf(address.replaceAll(/\[\w+\]/g, 'x')), address).toBe(address)
  })

  test.each([
    ['/en', '/'],
    ['/?utm_source=x', '/'],
    ['/en/theo-doi/TD7K4MX9Q/khoa/c2VjcmV0?x=1', '/theo-doi/[code]/khoa/[secret]'],
    ['/theo-doi/TD7K4MX9Q/', '/theo-doi/[code]'],
    ['/_next/static/chunks/a.js', '/_next/*'],
    ['/js/gift.js', '/js/*'],
    ['/log/tile/entries/x001/234.p/5', '/log/[file]'],
    ['/log/', 'other'],
    ['/error.css', '/error.css'],
    ['/theo-doi/TD7K4MX9Q/khoa/a/b', 'other'],
    ['/wp-login.php', 'other'],
  ])('of %s is %s', (url, route) => {
    expect(routeOf(url)).toBe(route)
  })
})
