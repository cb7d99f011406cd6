import { readFileSync } from 'node:fs'

const root = new URL('../../../../', import.meta.url)
const file = (path: string): Buffer => readFileSync(new URL(path, root))

/** What the pages need besides themselves: the site's own colours and letters. Null for anything else. */
export function lookFile(path: string): { type: string; body: Buffer } | null {
  if (path === '/look.css') {
    const sheets = ['app/styles/fonts.css', 'app/styles/tokens.css', 'tests/fakes/stripe/pages/look.css']
    return { type: 'text/css; charset=utf-8', body: Buffer.concat(sheets.map(file)) }
  }
  const font = /^\/fonts\/[a-z0-9-]+\.woff2$/.exec(path)?.[0]
  return font === undefined ? null : { type: 'font/woff2', body: file(`public${font}`) }
}
