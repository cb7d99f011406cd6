import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'
import { readableAddress } from './address'
import { ownCookies } from './cookies'
import type { Files } from './files'
import { closedTo, tellReadable, turnBack } from './gate'
import type { Refusal } from './limits/budget'
import type { Limits } from './limits/limits'
import { refusalPage, refuse } from './limits/refuse'
import { ADDRESS_HEADER } from './limits/visitor'
import { createPageCache, isEncoded, type CacheUse, type Kept, type PublicState, type RenderedPage } from './pages/cache'
import { encodePage } from './pages/encode'
import { sendAlike, sendPage, sendRendered } from './pages/respond'
import { publicPageKey } from './pages/route'
import { readBytes } from './read-bytes'
import { createRenderer, errorPage } from './render'
import { routeOf } from './routes'
import {
  embedHeaders,
  fileHeaders,
  isEmbed,
  isFile,
  isOfLog,
  isPicture,
  READ_ELSEWHERE,
  securityHeaders,
  SHOWN_ELSEWHERE,
} from './security'
import { isInAdvance, SPECULATION_HEADER, SPECULATION_RULES, speculationRules } from './speculation'
import { answering } from './status'
import { createTurns, type TurnsOptions } from './turns'
import { watchRequest, type Watch } from './watch'

/** The kept pages of a process take no more memory than this. */
const CACHE_BYTES = 64 * 1024 * 1024
/**
 * Renders at the same time: two fill the cores, two wait for the database. All who share an address leave one of them
 * to others, and who comes after so many that wait is told to come again.
 */
const RENDERS = { most: { ofAll: 4, ofOne: 3 }, mostWaiting: { ofAll: 200, ofOne: 50 } }
/** More than any handler of notices reads. */
const MOST_NOTICE_BYTES = 1024 * 1024
/**
 * Files and interfaces, which Next answers by itself; every other address is a page, if only to say that there is none.
 * One with a slash too many is sent on to the right one, as pages are.
 */
const NO_PAGE =
  /^\/(?:api|log|_next|fonts|js|icons|tep|(?:en\/)?hinh|(?:en\/)?quan-tri\/[^/]+\/trao\/dot\/[^/]+\/tep)\/(?!$|.*\/(?:\/|$))|^\/(?:icon\.svg|error\.css|embed\.css)$/
/** Work that nobody waits for: who comes while there is no room is told to come again. */
const NOBODY_WAITS = { mostWaiting: { ofAll: 0, ofOne: 0 } }
/**
 * Answers that are sent while they are made, of any size: none of them is ever whole here, and none takes a turn of pages.
 * Of those for everybody so many are under way at the same time, and so many of one network, however slowly they are read:
 * lines keep the database busy, a file one part of it in memory.
 */
const STREAMED = new Map<string, TurnsOptions | null>([
  ['/sao-ke.csv', { most: { ofAll: 4, ofOne: 2 }, ...NOBODY_WAITS }],
  ['/sao-ke/tep/[name]', { most: { ofAll: 32, ofOne: 8 }, ...NOBODY_WAITS }],
  ['/quan-tri/[fund]/xuat/[table]', null],
])
/** Whoever takes nothing of what waits for them for so long has gone. */
const IDLE_MS = 30_000
/** Text that is sent compressed though it is no page, which Next would send as it is: entries of the log, the page to be kept. */
const TEXTS = /^(?:\/log\/tile\/entries\/|(?:\/en)?\/minh-bach\/ngoai-tuyen\.html$)/
/** Next's own scripts ask for pieces of pages with these; without them every answer is a whole page. */
const OF_NEXT = ['rsc', 'next-action', 'next-url', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch']

/** Whether an address is that of a page with links of our own, and not of a text for machines or for other sites. */
const hasLinks = (url: string): boolean => !isEmbed(url) && !/\.[a-z]+$/.test(url.split('?', 1)[0] ?? '')

/** Hangs up on a reader who takes nothing of what was sent. Work that has nothing to send yet is waited for. */
function hangUpIdle(response: ServerResponse, idleMs: number): void {
  response.setTimeout(idleMs, () => {
    if (response.writableLength > 0) response.destroy()
    else response.socket?.setTimeout(idleMs)
  })
}

const busyPage = (url: string): RenderedPage => errorPage(url, 503, { 'retry-after': '5' })

/** Parts of answers are not given: Next would count them in other bytes than it sends. */
const OF_PARTS = ['range', 'if-range']

/** A file that is not there, or an interface that nobody wrote: Next would render a page for each, past every limit. */
const isNothing = (path: string): boolean => NO_PAGE.test(path) && /^other$|\*$/.test(routeOf(path))
const NOTHING: RenderedPage = {
  status: 404,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  html: JSON.stringify({ type: 'about:blank', title: 'Not found', status: 404, detail: 'There is nothing at this address.' }),
}

const STREAMS_BUSY: RenderedPage = {
  status: 503,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'retry-after': '20' },
  html: JSON.stringify({
    ...{ type: 'about:blank', title: 'Busy', status: 503 },
    detail: 'Many are taking the statement out just now, or you are, more than once. Nothing was sent. Please ask again in a moment.',
  }),
}

export interface SiteListenerOptions {
  /** Next's own handler. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** The site's public address. */
  origin: string
  /** Where forms may lead besides: the card company's pages. */
  formTargets?: readonly string[]
  version: () => PublicState
  nowMs: () => number
  onError: (error: unknown) => void
  /** None where Next serves them. */
  files?: Files | undefined
  /** Null where nothing is limited. */
  limits: Limits | null
  watch: Watch
  /** How long a reader of a stream may take nothing. */
  idleMs?: number
}

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
  files,
  limits,
  watch,
  idleMs = IDLE_MS,
}: SiteListenerOptions): RequestListener {
  const headers = Object.entries(securityHeaders(origin, formTargets))
  const framed = Object.entries(embedHeaders(origin))
  const ofFiles = Object.entries(fileHeaders(origin))
  const pictured = [...headers, ...Object.entries(SHOWN_ELSEWHERE)]
  const logged = [...headers, ...Object.entries(READ_ELSEWHERE)]
  const { host, protocol } = new URL(origin)
  const isSecure = protocol === 'https:'
  const render = createRenderer(handle, host, onError)
  const renderForNobody = (key: string): Promise<RenderedPage> => render({ url: key, headers: {} })
  const turns = createTurns(RENDERS)
  const streams = new Map([...STREAMED].map(([route, most]) => [route, most && createTurns(most)]))
  const pages = createPageCache({
    ...{ render: renderForNobody, version, nowMs, maxBytes: CACHE_BYTES, onError },
    always: (key) => (isEmbed(key) ? framed : hasLinks(key) ? [...headers, SPECULATION_HEADER] : headers).flat(),
    onRendered: watch.rendered,
  })

  const rules = encodePage(speculationRules(), {
    ...{ type: 'application/speculationrules+json', cacheControl: 'public, max-age=3600' },
  })

  /** Lets a render wait for its turn, so that a storm of addresses nobody keeps leaves room for money and for everybody else. */
  const inTurn = async (request: IncomingMessage, work: () => Promise<RenderedPage>): Promise<RenderedPage> => {
    const url = request.url ?? '/'
    const refusal = limits?.admitRender(request) ?? null
    if (refusal) {
      watch.limited(refusal)
      return refusalPage(url, refusal, null)
    }
    return (await turns.take(limits?.crowdOf(request) ?? null, work)) ?? busyPage(url)
  }

  const servePage = async (
    request: IncomingMessage,
    response: ServerResponse,
    key: string | null,
    tell: (use: CacheUse) => void,
  ): Promise<void> => {
    const page =
      key === null
        ? await inTurn(request, () => render(request))
        : await pages.get(key, tell, () => inTurn(request, () => renderForNobody(key)))
    if (isEncoded(page)) return sendPage(request, response, page)
    if (page.status === 200 && hasLinks(request.url ?? '/')) response.setHeader(...SPECULATION_HEADER)
    await sendRendered(request, response, page)
  }

  /** Lets Next send a stream; its turn ends when all of it was taken, or whoever asked has gone. */
  const serveStream = async (request: IncomingMessage, response: ServerResponse, route: string): Promise<void> => {
    hangUpIdle(response, idleMs)
    const ofRoute = streams.get(route)
    if (!ofRoute) return answering(response, () => handle(request, response))
    const sent = ofRoute.take(limits?.crowdOf(request) ?? null, async () => {
      await answering(response, () => handle(request, response))
      await finished(response).catch(() => undefined)
    })
    await (sent ?? sendRendered(request, response, STREAMS_BUSY))
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
    if (request.method === 'OPTIONS' && isOfLog(url)) return tellReadable(response)
    const closed = closedTo(request, url)
    if (closed) return turnBack(response, closed)
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    const [path = '/'] = url.split('?', 1)
    const file = !isReading ? undefined : path === SPECULATION_RULES ? rules : files?.find(path)
    if (file) return sendPage(request, response, await file)
    if (files && isNothing(path)) return sendRendered(request, response, NOTHING)
    // In the writing of Next, which reads escapes as what they stand for.
    const route = routeOf(decodeURIComponent(path))
    const isStreamed = STREAMED.has(route)
    const isText = TEXTS.test(path)
    const isPage = isReading && !isStreamed && !isText && !NO_PAGE.test(path)
    const key = isPage ? publicPageKey(request.method, url) : null
    // Nothing is made for one visitor before it is wanted, and nothing at all while somebody waits.
    if (isPage && isInAdvance(request.headers) && (key === null || turns.isBusy())) return sendRendered(request, response, busyPage(url))
    const admission = limits?.admit(request, response, url) ?? null
    if (admission?.kind === 'out') return turnAway(request, response, url, admission.refusal)
    if (admission?.kind === 'suspect') return serveSuspect(request, response, url, admission.refusal)
    if (isStreamed) await serveStream(request, response, route)
    else if (isPage) await servePage(request, response, key, tell)
    // What Next would say that they depend on, no two readers get otherwise.
    else if (isReading && (isText || isOfLog(path))) await sendAlike(request, response, await render(request), { isEncoded: isText })
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
    const given = isEmbed(url) ? framed : isPicture(url) ? pictured : isFile(url) ? ofFiles : isOfLog(url) ? logged : headers
    for (const [name, value] of given) response.setHeader(name, value)
    for (const name of [...OF_NEXT, ...OF_PARTS, ADDRESS_HEADER]) delete request.headers[name]
    if (isSecure && request.headers.cookie !== undefined) request.headers.cookie = ownCookies(request.headers.cookie)
    const tell = watchRequest(request, response, routeOf(url), watch)
    serve(request, response, url, tell).catch(async (error: unknown) => {
      onError(error)
      if (response.headersSent) response.destroy()
      else await sendRendered(request, response, errorPage(url, 500))
    })
  }
}
