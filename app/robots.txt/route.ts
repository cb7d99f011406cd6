import { serverContext } from '@/lib/context'
import { localePath } from '@/lib/i18n/locale'

export const dynamic = 'force-dynamic'

/** Pages that belong to one gift or one member of staff, addresses that take forms, and those for programs. */
const NOT_FOR_SEARCH = ['/theo-doi/', '/ung-ho/*/gui', '/tra-cuu?', '/ngan-hang-thu', '/quan-tri', '/tai-khoan']

/** What robots are asked to leave alone (RFC 9309). It keeps nobody out: what is private is private by itself. */
export function GET(): Response {
  const { origin } = serverContext()
  const lines = [
    'User-agent: *',
    ...NOT_FOR_SEARCH.flatMap((path) => [path, localePath('en', path)]).map((path) => `Disallow: ${path}`),
    'Disallow: /api/',
    'Allow: /api/oembed',
    '',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ]
  return new Response(lines.join('\n'), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
