import { type IncomingMessage, type ServerResponse } from 'node:http'
import { answer, type Api, type ApiAnswer, keyOf } from './api'
import { CARD_NAMES } from './cards'
import { Refusal } from './errors'
import { endedPage, sessionPage } from './pages/checkout'
import { actAtDesk, deskPage } from './pages/desk'
import { lookFile } from './pages/look'
import { pay } from './payments'

const LARGEST_BODY = 1_000_000

/** Trouble between the site and Stripe, for the next request of the API; or that its answer is held back for a while. */
export type Trouble = 'request lost' | 'answer lost' | 'too many requests' | 'server error' | { answerAfter: Promise<unknown> }

/** One request of the API, as a test may look at it. */
export interface LoggedRequest {
  method: string
  path: string
  idempotencyKey: string | null
  status: number
  replayed: boolean
}

/** What a server of one account keeps beside the account itself. */
export interface Served {
  api: Api
  /** Whose account it is, as the hosted page says. */
  payee: string
  requests: LoggedRequest[]
  troubles: Trouble[]
}

/** Accounts behind one address. */
export interface ServedSite {
  accounts: readonly Served[]
  hasDesk: boolean
}

/** Answers one HTTP request: the API under /v1, the hosted pages under /c/pay, and beside them what they look like. */
export async function serve({ accounts, hasDesk }: ServedSite, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [first] = accounts
  if (!first) throw new Error('there is no account')
  const url = new URL(request.url ?? '/', first.api.origin)
  const body = await bodyOf(request)
  const form = request.method === 'POST' ? new URLSearchParams(body) : null
  const look = request.method === 'GET' ? lookFile(url.pathname) : null
  const session = /^\/c\/pay\/([^/]+)$/.exec(url.pathname)?.[1]
  if (look) response.writeHead(200, { 'content-type': look.type, 'cache-control': 'max-age=60' }).end(look.body)
  else if (session !== undefined)
    servePage(accounts.find(({ api }) => api.world.sessions.rows.has(session)) ?? first, session, form, response)
  else if (hasDesk && url.pathname === '/') serveDesk(accounts, url, form, response)
  else {
    const key = keyOf(header(request, 'authorization'))
    await serveApi(accounts.find(({ api }) => api.secretKey === key) ?? first, request, url, body, response)
  }
}

const PAGE = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
}

/** Shows what became of the sessions, or does what a button says. */
function serveDesk(accounts: readonly Served[], url: URL, form: URLSearchParams | null, response: ServerResponse): void {
  for (const { api } of accounts) api.world.tick()
  const known = form && accounts.find(({ api }) => api.world.sessions.rows.has(form.get('session') ?? ''))
  const problem = form && (known ? actAtDesk(known.api.world, form) : 'no such session')
  const language = url.searchParams.get('lang') === 'en' ? 'en' : 'vi'
  if (form && problem === null) {
    response.writeHead(303, { location: `/?lang=${language}` }).end()
    return
  }
  const shown = accounts.map(({ api, payee }) => ({ world: api.world, payee }))
  response.writeHead(form ? 400 : 200, PAGE).end(deskPage(shown, language, problem))
}

async function serveApi(
  { api, requests, troubles }: Served,
  request: IncomingMessage,
  url: URL,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const trouble = troubles.shift()
  if (trouble === 'request lost') {
    response.destroy()
    return
  }
  const method = request.method ?? 'GET'
  const idempotencyKey = header(request, 'idempotency-key')
  const asked = { path: url.pathname, form: method === 'GET' ? url.search.slice(1) : body }
  const given =
    trouble === 'too many requests' || trouble === 'server error'
      ? inTrouble(trouble)
      : answer(api, {
          ...asked,
          method,
          authorization: header(request, 'authorization'),
          idempotencyKey,
          version: header(request, 'stripe-version'),
        })
  // What failed inside Stripe is answered again for a day, too.
  if (trouble === 'server error' && method === 'POST' && idempotencyKey !== undefined)
    api.keys.keepFirst(idempotencyKey, asked, api.world.now(), { ...given, requestId: 'req_inTrouble' })
  const replayed = given.headers['idempotent-replayed'] === 'true'
  requests.push({ method, path: url.pathname, idempotencyKey: idempotencyKey ?? null, status: given.status, replayed })
  if (typeof trouble === 'object') await trouble.answerAfter
  if (trouble === 'answer lost') response.destroy()
  else response.writeHead(given.status, given.headers).end(given.body)
}

function inTrouble(trouble: 'too many requests' | 'server error'): ApiAnswer {
  const error =
    trouble === 'server error'
      ? { type: 'api_error', message: 'An unknown error occurred' }
      : { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' }
  return {
    status: trouble === 'server error' ? 500 : 429,
    headers: { 'content-type': 'application/json', 'request-id': 'req_inTrouble' },
    body: JSON.stringify({ error }),
  }
}

/** Shows the hosted page, or takes what its form says and leads on. */
function servePage({ api: { world }, payee }: Served, id: string, form: URLSearchParams | null, response: ServerResponse): void {
  world.tick()
  const session = world.sessions.rows.get(id) ?? null
  const show = (status: number, html: string) => response.writeHead(status, PAGE).end(html)
  if (session?.status !== 'open') {
    show(session ? 410 : 404, endedPage(session))
    return
  }
  const lines = world.lineItems.get(id) ?? []
  const card = CARD_NAMES.find((name) => name === form?.get('card'))
  if (!form || !card) {
    show(form ? 400 : 200, sessionPage(session, lines, payee, null))
    return
  }
  const attempt = pay(world, id, card, { email: form.get('email') ?? '', name: form.get('name') ?? '' })
  if (attempt.outcome === 'declined') {
    show(200, sessionPage(session, lines, payee, card === 'insufficient_funds' ? card : 'declined'))
    return
  }
  response.writeHead(303, { location: (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id) }).end()
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    if (!(part instanceof Buffer)) continue
    size += part.length
    if (size > LARGEST_BODY) throw new Refusal(413, { type: 'invalid_request_error', message: 'The body is too large.' })
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
