// What lib/tlog/platform.ts is in a browser: the same four functions, without Node and without waiting. Browsers have SHA-256
// and Ed25519 of their own, but not all of them, not without TLS, and only with promises.
import { hashes, verify } from '@noble/ed25519'
import { sha256 as digest, sha512 } from '@noble/hashes/sha2.js'

hashes.sha512 = sha512

/** @param {...Uint8Array} parts */
export function sha256(...parts) {
  const hash = digest.create()
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** As RFC 8032 says, and no more leniently. @param {Uint8Array} publicKey @param {Uint8Array} message @param {Uint8Array} signature */
export function isEd25519(publicKey, message, signature) {
  try {
    return verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

/** @param {Uint8Array} bytes */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/** @param {string} text */
export function decodeBase64(text) {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
