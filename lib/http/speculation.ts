import type { IncomingHttpHeaders } from 'node:http'
import { PUBLIC_PATTERNS, TYPED_PATTERNS } from './pages/route'

/** Where browsers find which links they may follow in advance. */
export const SPECULATION_RULES = '/speculation-rules.json'

/** The header that tells of it: a list of one string (RFC 9651). */
export const SPECULATION_HEADER = ['Speculation-Rules', `"${SPECULATION_RULES}"`] as const

/**
 * Rules of the Speculation Rules API, for pages that are the same for everybody and only say something: fetched when a
 * pointer rests on their link, made ready when it is pressed. No form, no gift, no look-up, no private link.
 */
export function speculationRules(): string {
  const where = { and: [{ href_matches: PUBLIC_PATTERNS }, { not: { href_matches: TYPED_PATTERNS } }] }
  return JSON.stringify({ prefetch: [{ where, eagerness: 'moderate' }], prerender: [{ where, eagerness: 'conservative' }] })
}

/** Whether a browser asks before anybody wants to see the page, and can do without an answer. */
export const isInAdvance = (headers: IncomingHttpHeaders): boolean => String(headers['sec-purpose'] ?? '').startsWith('prefetch')
