import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import inject from 'light-my-request'
import pLimit from 'p-limit'
import { readableAddress } from './address'
import { ownCookies } from './cookies'
import { errorDocument } from './error-document'
import { closedTo, type Closed } from './gate'
import type { Refusal } from './limits/budget'
import type { Limits } from './limits/limits'
import { refuse } from './limits/refuse'
import { ADDRESS_HEADER } from './limits/visitor'
import { createPageCache, isEncoded, type CacheUse, type Kept, type RenderedPage } from './pages/cache'
import { encodePage } from './pages/encode'
import { sendPage, sendRendered } from './pages/respond'
import { publicPageKey } from './pages/route'
import { readBytes } from './read-bytes'
import { routeOf } from './routes'
import { embedHeaders, isEmbed, isPicture, securityHeaders, SHOWN_ELSEWHERE } from './security'
import { answering } from './status'
import { watchRequest, type Watch } from './watch'
import { withoutRuntime } from './without-runtime'

/** The kept pages of a process take no more memory than this. */
const CACHE_BYTES = 64 * 1024 * 1024
/**
 * Files and interfaces, which Next answers by itself; every other address is a page, if only to say that there is none.
 * One with a slash too many is sent on to the right one, as pages are.
 */
const NO_PAGE = /^\/(?:api|_next|fonts|js|icons|(?:en\/)?hinh)\/(?!$|.*\/(?:\/|$))|^\/(?:icon\.svg|error\.css|embed\.css)$/

const OF_NEXT = ['rsc', 'next-action', 'next-url', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch']

export interface SiteListenerOptions {
  /** Next's own handler. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** The site's public address. */
  origin: string
  /** Where forms may lead besides: the card company's pages. */
  formTargets?: readonly string[]
  version: () => { number: bigint; knownSinceMs: number }
  nowMs: () => number
  onError: (error: unknown) => void
  /** Null where nothing is limited. */
  limits: Limits | null
  watch: Watch
}

/** Renders at the same time: two fill the cores, two wait for the database. */
const MOST_RENDERS = 4
/** Who comes after so many is told to come again. */
const MOST_WAITING = 200

const tooBusy = (url: string): RenderedPage => ({
  status: 503,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '5' },
  html: errorDocument(/^\/en(?:\/|$)/.test(url) ? 'en' : 'vi'),
})

/** Answers a request that goes no further than the door. */
function turnBack(response: ServerResponse, closed: Closed): void {
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

/** More than any handler of notices reads. */
const MOST_NOTICE_BYTES = 1024 * 1024

/**
 * The site's own server before Next's: public pages come from the page cache, every page is whole and without
 * Next's runtime, every answer carries the headers of a careful site, and a fault of ours is a page that says so.
 */
export function siteListener({
  handle,
  origin,
  formTargets,
  version,
  nowMs,
  onError,
  limits,
  watch,
}: SiteListenerOptions): RequestListener {
  const headers = Object.entries(securityHeaders(origin, formTargets))
  const framed = Object.entries(embedHeaders(origin))
  const pictured = [...headers, ...Object.entries(SHOWN_ELSEWHERE)]
  const { host, protocol } = new URL(origin)
  const isSecure = protocol === 'https:'

  /** Lets Next render a page aside, whole, before a byte of it is sent. */
  const render = async (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, body?: Buffer): Promise<RenderedPage> => {
    const dispatch: RequestListener = (inner, response) => {
      answering(response, () => handle(inner, response)).catch((error: unknown) => {
        onError(error)
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' })
        response.end()
      })
    }
    const rendered = await inject(dispatch, {
      method: body ? 'POST' : 'GET',
      url: request.url ?? '/',
      headers: { ...request.headers, host, 'accept-encoding': 'identity' },
      ...(body ? { payload: body } : {}),
    })
    const isHtml = String(rendered.headers['content-type'] ?? '').startsWith('text/html')
    const html =
      rendered.statusCode >= 500 ? errorDocument(/^\/en(?:\/|$)/.test(request.url ?? '') ? 'en' : 'vi') : withoutRuntime(rendered.payload)
    return { status: rendered.statusCode, headers: rendered.headers, html: isHtml ? html : rendered.payload }
  }
  /** Renders in turn, so that a storm of addresses nobody keeps leaves room for money and for those who came before. */
  const inTurn = pLimit(MOST_RENDERS)
  const renderInTurn = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Promise<RenderedPage> => {
    if (inTurn.pendingCount >= MOST_WAITING) return Promise.resolve(tooBusy(request.url ?? '/'))
    return inTurn(() => render(request))
  }

  const pages = createPageCache({
    render: (key) => renderInTurn({ method: 'GET', url: key, headers: {} }),
    version,
    nowMs,
    maxBytes: CACHE_BYTES,
    always: (key) => (isEmbed(key) ? framed : headers).flat(),
    onError,
    onRendered: watch.rendered,
  })

  const servePage = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: string,
    tell: (use: CacheUse) => void,
  ): Promise<void> => {
    const key = publicPageKey(request.method, url)
    const page = key === null ? await renderInTurn(request) : await pages.get(key, tell)
    if (isEncoded(page)) sendPage(request, response, page)
    else await sendRendered(request, response, page)
  }

  const turnAway = (request: IncomingMessage, response: ServerResponse, url: string, refusal: Refusal): Promise<void> => {
    watch.limited(refusal)
    return refuse(request, response, url, refusal)
  }

  /** Lets a notice be verified although many from its address were not authentic: money is never dropped. */
  const serveSuspect = async (request: IncomingMessage, response: ServerResponse, url: string, refusal: Refusal): Promise<void> => {
    const body = await readBytes(request, MOST_NOTICE_BYTES)
    const answer = body && (await render(request, body))
    if (!answer || answer.status === 401 || answer.status === 403) return turnAway(request, response, url, refusal)
    await sendRendered(request, response, answer)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse, url: string, tell: (use: CacheUse) => void): Promise<void> => {
    const closed = closedTo(request, url)
    if (closed) return turnBack(response, closed)
    const admission = (await limits?.admit(request, response, url)) ?? null
    if (admission?.kind === 'out') return turnAway(request, response, url, admission.refusal)
    if (admission?.kind === 'suspect') return serveSuspect(request, response, url, admission.refusal)
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !NO_PAGE.test(url.split('?', 1)[0] ?? '')
    if (isPage) await servePage(request, response, url, tell)
    else await answering(response, () => handle(request, response))
  }

  /** What most requests are for: a page that is kept under this very address, and as new as can be. */
  const finishedPage = (request: IncomingMessage): Kept | undefined => {
    const { method, url = '/' } = request
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const kept = pages.current(url)
    if (kept || !url.includes('?')) return kept
    const key = publicPageKey(method, url)
    return key === null ? undefined : pages.current(key)
  }

  return (request, response) => {
    const finished = finishedPage(request)
    if (finished) {
      watchRequest(request, response, finished.route, watch)('hit')
      // Once all that has arrived is read: answers that go out together wake up whoever reads them once.
      setImmediate(sendPage, request, response, finished.page)
      return
    }
    const url = (request.url = readableAddress(request.url ?? '/'))
    for (const [name, value] of isEmbed(url) ? framed : isPicture(url) ? pictured : headers) response.setHeader(name, value)
    // Next's own scripts ask for pieces of pages with these; without them every answer is a whole page.
    for (const name of OF_NEXT) delete request.headers[name]
    delete request.headers[ADDRESS_HEADER]
    if (isSecure && request.headers.cookie !== undefined) request.headers.cookie = ownCookies(request.headers.cookie)
    const tell = watchRequest(request, response, routeOf(url), watch)
    serve(request, response, url, tell).catch(async (error: unknown) => {
      onError(error)
      if (response.headersSent) return response.destroy()
      const html = errorDocument(/^\/en(?:\/|$)/.test(url) ? 'en' : 'vi')
      sendPage(request, response, await encodePage(html), 500)
    })
  }
}
