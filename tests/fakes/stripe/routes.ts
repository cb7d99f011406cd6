import { balance } from './balance'
import { closeDispute } from './disputes'
import { invalid } from './errors'
import { page, readPage } from './lists'
import { integer, list, oneOf, type Params, text } from './params'
import { readRefund, refund } from './refunds'
import { createSession, expireSession, readSession } from './sessions'
import { type Table, type World } from './world'

const EVENTS_KEPT_DAYS = 30

/** What a route is given once its parameters are read. */
interface Call {
  world: World
  /** The id in the address; empty where there is none. */
  id: string
  /** Where the hosted pages are: "http://127.0.0.1:4242". */
  origin: string
}

/** One address of the API: `prepare` reads and refuses parameters, what it gives back does the work. */
export interface Route {
  method: 'GET' | 'POST'
  address: RegExp
  prepare: (params: Params, call: Call) => () => object
}

function route<Wish>(
  method: Route['method'],
  path: string,
  read: (params: Params) => Wish,
  run: (wish: Wish, call: Call) => object,
): Route {
  return {
    method,
    address: new RegExp(`^/v1/${path.replace(':id', '([^/]+)')}$`),
    prepare(params, call) {
      const wish = read(params)
      params.done()
      return () => run(wish, call)
    },
  }
}

const nothing = () => undefined

/** "GET /v1/charges/ch_…" and "GET /v1/charges". */
function reading<T extends { id: string; created: number }>(
  path: string,
  tableOf: (world: World) => Table<T>,
  filter: (params: Params) => (row: T, world: World) => boolean,
): Route[] {
  const read = (params: Params) => ({ query: readPage(params), keep: filter(params) })
  return [
    route('GET', `${path}/:id`, nothing, (_, { world, id }) => tableOf(world).get(id)),
    route('GET', path, read, ({ query, keep }, { world }) => page(tableOf(world), (row) => keep(row, world), query, `/v1/${path}`)),
  ]
}

/** Keeps the rows whose fields are what was asked for; a field nobody asked for may be anything. */
function where<Field extends string>(params: Params, ...fields: Field[]): (row: Record<Field, unknown>) => boolean {
  const wanted = fields.map((field) => ({ field, value: params.get(field, text()) }))
  return (row) => wanted.every(({ field, value }) => value === undefined || row[field] === value)
}

/** A field that is one of Stripe's words: another word is refused before anything is looked for. */
function whereStatus(params: Params, ...words: string[]): (row: { status: unknown }) => boolean {
  params.get('status', oneOf(...words))
  return where(params, 'status')
}

/** All that the fake plays. */
export const ROUTES: Route[] = [
  route('POST', 'checkout/sessions', readSession, (wish, { world, origin }) => createSession(world, wish, origin)),
  route('POST', 'checkout/sessions/:id/expire', nothing, (_, { world, id }) => expireSession(world, id)),
  route(
    'GET',
    'checkout/sessions/:id/line_items',
    (params) => params.get('limit', integer({ least: 1, most: 100 })) ?? 10,
    (limit, { world, id }) => {
      const lines = world.lineItems.get(world.sessions.get(id).id) ?? []
      return { object: 'list', data: lines.slice(0, limit), has_more: lines.length > limit, url: `/v1/checkout/sessions/${id}/line_items` }
    },
  ),
  ...reading(
    'checkout/sessions',
    (world) => world.sessions,
    (params) => {
      const byIntent = where(params, 'payment_intent')
      const byStatus = whereStatus(params, 'open', 'complete', 'expired')
      return (session) => byIntent(session) && byStatus(session)
    },
  ),
  ...reading(
    'payment_intents',
    (world) => world.intents,
    () => () => true,
  ),
  ...reading(
    'charges',
    (world) => world.charges,
    (params) => where(params, 'payment_intent'),
  ),
  route('POST', 'refunds', readRefund, (wish, { world }) => refund(world, wish)),
  ...reading(
    'refunds',
    (world) => world.refunds,
    (params) => where(params, 'charge', 'payment_intent'),
  ),
  route('POST', 'disputes/:id/close', nothing, (_, { world, id }) => closeDispute(world, world.disputes.get(id).id, 'lost')),
  ...reading(
    'disputes',
    (world) => world.disputes,
    (params) => where(params, 'charge', 'payment_intent'),
  ),
  route('GET', 'balance', nothing, (_, { world }) => balance(world)),
  ...reading(
    'balance_transactions',
    (world) => world.transactions,
    (params) => {
      const payout = params.get('payout', text())
      const matching = where(params, 'source', 'type', 'currency')
      return (row, world) => matching(row) && (payout === undefined || world.payoutOf.get(row.id) === world.payouts.get(payout).id)
    },
  ),
  ...reading(
    'payouts',
    (world) => world.payouts,
    (params) => whereStatus(params, 'pending', 'paid', 'failed', 'canceled', 'in_transit'),
  ),
  ...reading(
    'radar/early_fraud_warnings',
    (world) => world.warnings,
    (params) => where(params, 'charge'),
  ),
  ...reading(
    'events',
    (world) => {
      const since = world.now() - EVENTS_KEPT_DAYS * 86_400
      for (const event of world.events.rows.values()) if (event.created < since) world.events.rows.delete(event.id)
      return world.events
    },
    (params) => {
      const type = params.get('type', text())
      const types = params.get('types', list(text(), 20))
      if (type !== undefined && types) throw invalid('You may specify either type or types, but not both.')
      const delivered = params.get('delivery_success', oneOf('true', 'false'))
      return (event) =>
        (type === undefined || matches(event.type, type)) &&
        (!types || types.some((one) => matches(event.type, one))) &&
        (delivered === undefined || (event.pending_webhooks === 0) === (delivered === 'true'))
    },
  ),
]

/** "charge.refunded", or "charge.*". */
const matches = (type: string, wanted: string): boolean => (wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted)
