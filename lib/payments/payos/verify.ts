import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { isSameSecret } from '../secret'

const signedBody = z.object({ data: z.unknown(), signature: z.string().regex(/^[0-9a-f]{64}$/) })

/**
 * The signature of payOS over `data`: HMAC-SHA256 of `key=value&…` in the order of the keys, nothing for null.
 * Written as payOS' own library writes it (@payos/node 2.0.5): lists as JSON with the keys of their objects sorted,
 * and no object otherwise, so nothing may be read from an object inside `data`.
 */
export function payosSignature(checksumKey: string, data: object): string {
  const text = Object.entries(sorted(data))
    .map(([key, value]) => `${key}=${textOf(value)}`)
    .join('&')
  return createHmac('sha256', checksumKey).update(text).digest('hex')
}

/** Keys of the webhook as agreed with payOS; null where it is not used. */
export interface PayosKeys {
  checksumKey: string | null
  /** The one before it, while payOS may still sign with it: payOS has no second way to prove itself. */
  formerChecksumKey?: string | null
}

/** Whether a webhook call is payOS': `signature` in the body is the one over its `data`, with the key of now or the one before. */
export function isFromPayos({ checksumKey, formerChecksumKey = null }: PayosKeys, rawBody: Buffer): boolean {
  if (checksumKey === null) return false
  try {
    const { data, signature } = signedBody.parse(JSON.parse(rawBody.toString('utf8')))
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return false
    return [checksumKey, formerChecksumKey].some((key) => key !== null && isSameSecret(signature, payosSignature(key, data)))
  } catch {
    // No JSON, no such body, or a list that can't have been signed.
    return false
  }
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(sorted))
  if (value === null || value === undefined || value === 'null' || value === 'undefined') return ''
  if (typeof value === 'object') return '[object Object]'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const sorted = (value: object): Record<string, unknown> => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
