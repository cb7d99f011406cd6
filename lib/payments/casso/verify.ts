import { createHmac } from 'node:crypto'
import { isSameSecret } from '../secret'

/** A call that is tried again, which Casso does for some half an hour, may carry the signature of its first time. */
const MOST_AGE_MS = 60 * 60_000
const MOST_AHEAD_MS = 5 * 60_000

/** Keys of the webhook as agreed with Casso; null where that way is not used. */
export interface CassoKeys {
  /** Of webhook V1: sent as it is, as `secure-token`. */
  secureToken: string | null
  /** Of webhook V2: signs the body. */
  checksumKey: string | null
}

/**
 * The signature in Casso's `X-Casso-Signature: t=…,v1=…`: HMAC-SHA512 over `t.body`, where the body is written as
 * JavaScript writes JSON, with the keys sorted at every level.
 */
export const cassoSignature = (checksumKey: string, timestamp: string, body: unknown): string =>
  createHmac('sha512', checksumKey)
    .update(`${timestamp}.${JSON.stringify(sortKeys(body))}`)
    .digest('hex')

/**
 * Whether a webhook call is Casso's: by signature (V2) or by the static token (V1). Where a checksum key is set, a
 * signature that is present must be right, and made at most an hour ago: sent again, a line is booked once, so the
 * bound keeps out no more than what was signed long before this site listened.
 * @param headers looked up in lower case
 */
export function isFromCasso(keys: CassoKeys, headers: (name: string) => string | null, rawBody: Buffer, now: Date): boolean {
  const header = headers('x-casso-signature')
  if (keys.checksumKey !== null && header !== null) {
    const [, timestamp = '', signature = ''] = /^t=(\d{1,15}),v1=([0-9a-f]{128})$/.exec(header) ?? []
    if (signature === '') return false
    const ageMs = now.getTime() - Number(timestamp)
    if (ageMs > MOST_AGE_MS || ageMs < -MOST_AHEAD_MS) return false
    return isSigned(keys.checksumKey, timestamp, rawBody, signature)
  }
  const token = headers('secure-token')
  return keys.secureToken !== null && token !== null && isSameSecret(token, keys.secureToken)
}

function isSigned(checksumKey: string, timestamp: string, rawBody: Buffer, signature: string): boolean {
  try {
    return isSameSecret(signature, cassoSignature(checksumKey, timestamp, JSON.parse(rawBody.toString('utf8'))))
  } catch {
    // No JSON, or nested without end: nothing that can have been signed.
    return false
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]))
}
