import { invalid } from './errors'
import { type World } from './world'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A body as it goes over the wire, with the objects that `expand` asks for in place of their ids. */
export function expanded(world: World, body: unknown, paths: readonly string[]): unknown {
  const copy: unknown = structuredClone(body)
  for (const path of paths) {
    const segments = path.split('.')
    if (segments.length > 4) throw invalid('You cannot expand more than 4 levels of a property.', { param: 'expand' })
    open(world, copy, segments, path)
  }
  return copy
}

function open(world: World, value: unknown, [segment, ...rest]: string[], path: string): void {
  if (segment === undefined || value === null || value === undefined) return
  if (Array.isArray(value)) {
    for (const item of value) open(world, item, [segment, ...rest], path)
    return
  }
  if (!isObject(value)) throw refusal(path)
  value[segment] = unfold(world, value, segment, path)
  open(world, value[segment], rest, path)
}

/** What stands at a segment once it is expanded. */
function unfold(world: World, value: Json, segment: string, path: string): unknown {
  const link = value[segment]
  // Stripe leaves it out of a refund that did not fail, and takes the wish to see it all the same.
  if (link === undefined && value.object === 'refund' && segment === 'failure_balance_transaction') return undefined
  if (link === undefined) return included(world, value, segment) ?? fail(path)
  if (typeof link !== 'string') return link
  return structuredClone(world.find(link) ?? fail(path))
}

/** Lists that Stripe leaves out of an object unless they are asked for. */
function included(world: World, { object, id }: Json, segment: string): unknown {
  if (typeof id !== 'string') return undefined
  if (object === 'checkout.session' && segment === 'line_items') {
    return {
      object: 'list',
      data: structuredClone(world.lineItems.get(id) ?? []),
      has_more: false,
      url: `/v1/checkout/sessions/${id}/line_items`,
    }
  }
  if (object === 'charge' && segment === 'refunds') {
    const made = world.refunds.newestFirst().filter((refund) => refund.charge === id)
    return { object: 'list', data: structuredClone(made.slice(0, 10)), has_more: made.length > 10, url: `/v1/charges/${id}/refunds` }
  }
  return undefined
}

const refusal = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' })

function fail(path: string): never {
  throw refusal(path)
}
