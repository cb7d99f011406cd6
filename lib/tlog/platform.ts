import { createPublicKey, hash, verify } from 'node:crypto'

/*
 * What checking a log asks of the machine it runs on. In a browser scripts/browser-platform.mjs has this file's place, so that
 * the very same checks run there.
 */

/** SHA-256 of parts, one after another. */
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'))

/** Whether a message was signed with a key (RFC 8032). */
export function isEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
  return verify(null, message, key, signature)
}

/** Bytes as Base64 with padding (RFC 4648, section 4). */
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** The bytes of a Base64 text, read as leniently as the machine does. */
export const decodeBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
