import { createHash, timingSafeEqual } from 'node:crypto'
import type { GiftInput } from './schema'

const sha256 = (...parts: (string | Uint8Array)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/**
 * The key of a form that is shown: 192 bits that nobody can guess, of which the secret of its gift is made.
 * @param random source of bytes
 */
export const createFormKey = (random: (size: number) => Uint8Array): string => Buffer.from(random(24)).toString('base64url')

/**
 * What one sending of a form comes down to: its key, made at random for this form, and what it says.
 * The same form sent twice is one pledge; the same form with another amount is another.
 */
export const formIdentity = (input: GiftInput, campaignSlug: string): string =>
  JSON.stringify([
    input.formKey,
    campaignSlug,
    ...pledgedIdentity(input),
    input.donorKind,
    input.name,
    input.isNamed,
    input.taxCode,
    input.message,
    input.email,
  ])

/** Key under which a pledge is stored once. It does not give away the form's key. */
export const idempotencyKeyOf = (identity: string): string => sha256('tung-dong/pledge/v1\0', identity).toString('hex')

/**
 * The 128 bits of the secret link, in base64url. Derived from the form's own random key, so that a form
 * sent again gets the same link although only its hash is stored.
 */
export const secretOf = (identity: string): string => sha256('tung-dong/secret/v1\0', identity).subarray(0, 16).toString('base64url')

/**
 * The secret that takes the place of one that leaked, in base64url: of the old one and of the 192 random bits that the
 * page with the button held, so that whoever knows the old one alone can't find it.
 */
export const nextSecretOf = (secret: string, formKey: string): string =>
  sha256('tung-dong/next-secret/v1\0', formKey, '\0', secret).subarray(0, 16).toString('base64url')

/** Whether a text has the shape of a form's key. */
export const isFormKey = (text: string | undefined): text is string => text !== undefined && /^[\w-]{32}$/.test(text)

export const hashSecret = (secret: string): Uint8Array => new Uint8Array(sha256('tung-dong/secret-hash/v1\0', secret))

/** Compares in constant time. */
export const isSecret = (secret: string, hash: Uint8Array): boolean => timingSafeEqual(hashSecret(secret), hash)

/** What is pledged, as it has been written since before cards were taken: a form of then is the same form now. */
const pledgedIdentity = ({ method, pledged }: GiftInput): string[] => [
  ...(pledged.kind === 'vnd' ? [String(pledged.amountVnd)] : [pledged.currency, String(pledged.amountMinor)]),
  ...(method === 'card' ? ['card'] : []),
]
