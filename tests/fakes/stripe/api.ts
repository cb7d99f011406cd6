import Stripe from 'stripe'
import { invalid, notPlayed, Refusal } from './errors'
import { expanded } from './expand'
import { parseForm } from './form'
import { type IdempotencyKeys } from './idempotency'
import { list, Params, text } from './params'
import { ROUTES } from './routes'
import { type World } from './world'

/** A request to the API, as far as Stripe looks at it. */
export interface ApiRequest {
  method: string
  path: string
  /** The query of a GET, the body of a POST. */
  form: string
  authorization: string | undefined
  idempotencyKey: string | undefined
  version: string | undefined
}

export interface ApiAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** What one account's API needs to answer. */
export interface Api {
  world: World
  keys: IdempotencyKeys
  secretKey: string
  origin: string
}

/** Answers one request, or refuses it as Stripe does. */
export function answer(api: Api, request: ApiRequest): ApiAnswer {
  const id = api.world.id('req', 14)
  const headers: Record<string, string> = { 'content-type': 'application/json', 'request-id': id, 'stripe-version': Stripe.API_VERSION }
  if (request.idempotencyKey !== undefined && request.method === 'POST') headers['idempotency-key'] = request.idempotencyKey
  try {
    return { ...perform(api, request, id), headers }
  } catch (error) {
    if (error instanceof Replay) {
      return { ...error.saved, headers: { ...headers, 'idempotent-replayed': 'true', 'original-request': error.saved.requestId } }
    }
    const refusal = refused(error, id)
    // Asking again would not teach the fake to play more; the client would do so after any other 5xx.
    if (refusal.status === 501) headers['stripe-should-retry'] = 'false'
    return { ...refusal, headers }
  }
}

/** Thrown where the answer was given before. */
class Replay extends Error {
  constructor(readonly saved: { status: number; body: string; requestId: string }) {
    super('answered before')
  }
}

function perform({ world, keys, secretKey, origin }: Api, request: ApiRequest, requestId: string): Pick<ApiAnswer, 'status' | 'body'> {
  checkKey(request.authorization, secretKey)
  if (request.version !== undefined && request.version !== Stripe.API_VERSION) {
    throw notPlayed(`version ${request.version} of the API, only ${Stripe.API_VERSION}`)
  }
  world.tick()
  const { route, id } = find(request)
  const key = request.method === 'POST' ? request.idempotencyKey : undefined
  if (key !== undefined) {
    const saved = keys.find(key, request, world.now())
    if (saved) throw new Replay(saved)
  }
  const form = parseForm(request.form)
  const paths = new Params(form).get('expand', list(text())) ?? []
  form.delete('expand')
  const run = route.prepare(new Params(form), { world, id, origin })
  world.request = { id: requestId, idempotency_key: key ?? null }
  let given: Pick<ApiAnswer, 'status' | 'body'>
  try {
    given = { status: 200, body: written(expanded(world, run(), paths)) }
  } catch (error) {
    given = refused(error, requestId)
  } finally {
    world.request = { id: null, idempotency_key: null }
  }
  // Refusals that come before the work are not kept under a key; what the work said is, good or bad.
  if (key !== undefined) keys.keep(key, request, world.now(), { ...given, requestId })
  return given
}

function find({ method, path }: ApiRequest) {
  for (const route of ROUTES) {
    const match = route.method === method ? route.address.exec(path) : null
    if (match) return { route, id: decodeURIComponent(match[1] ?? '') }
  }
  const known = ROUTES.some(({ address }) => address.test(path) || address.test(path.replace(/\/[^/]+$/, '')))
  if (known && !path.endsWith('/')) throw notPlayed(`${method} ${path}`)
  const help = 'Please see https://stripe.com/docs or we can help at https://support.stripe.com/.'
  throw invalid(`Unrecognized request URL (${method}: ${path}). ${help}`, { status: 404 })
}

/** The secret key that a request shows, by either way of showing one; null where it shows none. */
export function keyOf(authorization: string | undefined): string | null {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) (.+)$/i.exec(authorization ?? '') ?? []
  if (value === '') return null
  return scheme.toLowerCase() === 'basic' ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value
}

function checkKey(authorization: string | undefined, secretKey: string): void {
  const key = keyOf(authorization)
  if (key === null) {
    const how =
      "You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
    throw invalid(`You did not provide an API key. ${how}`, { status: 401 })
  }
  if (key !== secretKey) {
    const shown = key.replace(
      /^(.{8})(.*)(.{4})$/,
      (_, head: string, middle: string, tail: string) => head + '*'.repeat(middle.length) + tail,
    )
    throw invalid(`Invalid API Key provided: ${shown}`, { status: 401 })
  }
}

function refused(error: unknown, requestId: string): Pick<ApiAnswer, 'status' | 'body'> {
  if (!(error instanceof Refusal)) throw error
  const { code } = error.body
  const more = {
    ...(code !== undefined && { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
    request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
  }
  return { status: error.status, body: written({ error: { ...error.body, ...more } }) }
}

const written = (body: unknown): string => JSON.stringify(body, null, 2)
