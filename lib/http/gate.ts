import type { IncomingMessage, ServerResponse } from 'node:http'
import { CONSOLE_FORMS } from './console-routes'
import { routeOf } from './routes'

/** Addresses that take what is posted. */
const POSTED = new Set([
  '/ung-ho/[slug]/gui',
  '/ung-ho/[slug]/hien-vat/gui',
  '/theo-doi/[code]/sua',
  '/theo-doi/[code]/sua-hien-vat',
  '/theo-doi/[code]/huy',
  '/theo-doi/[code]/gop',
  '/theo-doi/[code]/gop/bo',
  '/theo-doi/[code]/ten',
  '/theo-doi/[code]/anh',
  '/theo-doi/[code]/quen',
  '/theo-doi/[code]/khoa-moi',
  '/theo-doi/[code]/the',
  '/theo-doi/[code]/the/xac-minh/gui',
  '/minh-bach/kiem',
  '/ngan-hang-thu/gui',
  '/api/webhooks/[provider]',
  '/log/witness/add-checkpoint',
  ...CONSOLE_FORMS,
])
/** What is posted there carries its own proof of whom it is from. */
const OF_MACHINES = new Set(['/api/webhooks/[provider]', '/log/witness/add-checkpoint'])

/** Why a request goes no further than the door. */
export type Closed = { status: 405; allow: string } | { status: 403 }

/**
 * Whether a request may go on: pages are read, forms and notices are posted where they belong, and a form comes from
 * this site. A form that another site sends in a visitor's name is refused by what the browser says of its origin.
 * @param url in its one writing
 * @returns null where it may
 */
export function closedTo(request: Pick<IncomingMessage, 'method' | 'headers'>, url: string): Closed | null {
  const { method = 'GET', headers } = request
  if (method === 'GET' || method === 'HEAD') return null
  const route = routeOf(url)
  if (method !== 'POST' || !POSTED.has(route)) return { status: 405, allow: POSTED.has(route) ? 'POST' : 'GET, HEAD' }
  if (OF_MACHINES.has(route)) return null
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && !route.startsWith('/quan-tri/')) ? null : { status: 403 }
  // Every browser that staff use names one of both; a form of the console without either is not theirs.
  if (route.startsWith('/quan-tri/') && (headers.origin === undefined || headers.origin === 'null')) return { status: 403 }
  return isOwnOrigin(headers.origin, headers.host) ? null : { status: 403 }
}

/** Browsers that say nothing of the site name the origin, or hide it for privacy's sake. */
function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || origin === 'null') return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** Tells a browser that another site's page may read what is here (Fetch, "CORS-preflight request"). */
export function tellReadable(response: ServerResponse): void {
  response.statusCode = 204
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD')
  response.setHeader('Access-Control-Allow-Headers', '*')
  response.setHeader('Access-Control-Max-Age', '86400')
  response.setHeader('Allow', 'GET, HEAD')
  response.end()
}

/** Answers a request that goes no further than the door. */
export function turnBack(response: ServerResponse, closed: Closed): void {
  const [title, detail] =
    closed.status === 405
      ? ['Method not allowed', 'This address does not take that method. Nothing was kept.']
      : ['From another site', 'A form of this site was sent from another one. Nothing was kept; please send it from the page itself.']
  response.statusCode = closed.status
  if (closed.status === 405) response.setHeader('Allow', closed.allow)
  response.setHeader('Content-Type', 'application/problem+json')
  response.setHeader('Cache-Control', 'no-store')
  response.end(JSON.stringify({ type: 'about:blank', title, status: closed.status, detail }))
}
