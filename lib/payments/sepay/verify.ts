import { createHmac } from 'node:crypto'
import { isSameSecret } from '../secret'

const TOLERANCE_MS = 5 * 60_000

/** Keys of the webhook as agreed with SePay; null where that way is not used. */
export interface SepayKeys {
  apiKey: string | null
  webhookSecret: string | null
}

/** The signature SePay sends as `X-SePay-Signature`: HMAC-SHA256 over `timestamp.rawBody`. */
export const sepaySignature = (secret: string, timestamp: string, rawBody: string | Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest('hex')}`

/**
 * Whether a webhook call is SePay's: by `Authorization: Apikey KEY`, or by signature with a timestamp in
 * seconds at most five minutes off. Where a secret is set, a signature that is present must be right.
 * @param headers looked up in lower case
 * @param rawBody the bytes as they came; a memo cut inside a character is not valid text
 */
export function isFromSepay(keys: SepayKeys, headers: (name: string) => string | null, rawBody: Uint8Array, now: Date): boolean {
  const signature = headers('x-sepay-signature')
  if (keys.webhookSecret !== null && signature !== null) {
    const timestamp = headers('x-sepay-timestamp') ?? ''
    if (!/^\d{1,12}$/.test(timestamp)) return false
    if (Math.abs(now.getTime() - Number(timestamp) * 1000) > TOLERANCE_MS) return false
    return isSameSecret(signature, sepaySignature(keys.webhookSecret, timestamp, rawBody))
  }
  const authorization = headers('authorization')
  return keys.apiKey !== null && authorization !== null && isSameSecret(authorization, `Apikey ${keys.apiKey}`)
}
