import { decodeBase64, toBase64 } from './platform'

export { toBase64 }

/** The bytes of a Base64 text (RFC 4648, section 4); null where it is not written in the one way in which they are. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = decodeBase64(text)
  return toBase64(bytes) === text ? bytes : null
}
