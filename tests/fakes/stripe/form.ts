import { invalid } from './errors'

/** A parameter as it came over the wire: Stripe's forms know only text and nesting. */
export type Param = string | ParamHash
export type ParamHash = Map<string, Param>

const KEY = /^([^[\]]+)((?:\[[^[\]]*\])*)$/

/** "a[b][0]" → ["a", "b", "0"]; null where the brackets do not match. */
function pathOf(key: string): string[] | null {
  const match = KEY.exec(key)
  if (!match) return null
  const [, head = '', brackets = ''] = match
  return [head, ...Array.from(brackets.matchAll(/\[([^[\]]*)\]/g), ([, name = '']) => name)]
}

/** Reads a query or a body as Stripe does: "line_items[0][price_data][currency]=vnd", and "expand[]=x" for the next of a list. */
export function parseForm(text: string): ParamHash {
  const root: ParamHash = new Map()
  for (const [key, value] of new URLSearchParams(text)) {
    const path = pathOf(key)
    if (!path) throw invalid(`Invalid parameter name: ${key}`)
    let hash = root
    for (const [depth, segment] of path.entries()) {
      const name = segment === '' ? String(hash.size) : segment
      if (depth === path.length - 1) {
        hash.set(name, value)
        break
      }
      const inner = hash.get(name) ?? new Map<string, Param>()
      if (typeof inner === 'string') throw invalid(`Invalid hash: ${key}`, { param: key })
      hash.set(name, inner)
      hash = inner
    }
  }
  return root
}
