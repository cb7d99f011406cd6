import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { fromBase64, toBase64 } from './base64'
import { joined, utf8 } from './bytes'
import { isEd25519, sha256 } from './platform'

/** What a signature says: a log signs the note itself, a witness that it saw the log grow (C2SP signed-note, tlog-cosignature). */
export const SIGNATURE_TYPES = { note: 0x01, cosignature: 0x04 } as const
export type SignatureType = keyof typeof SIGNATURE_TYPES

/** Bytes of an Ed25519 key, public or seed, and of a signature. */
const KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** A key that signatures are checked with. Name and id together name it. */
export interface VerifierKey {
  name: string
  id: number
  type: SignatureType
  /** Ed25519, 32 bytes (RFC 8032). */
  publicKey: Uint8Array
}

/** A key that signs. Its text form is a secret. */
export interface SigningKey extends VerifierKey {
  sign: (message: Uint8Array) => Uint8Array
}

/** "<name>+<id>+<key>": how a verifier key is published (C2SP signed-note). */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${hexId(id)}+${toBase64(withType(type, publicKey))}`
}

/** Reads a verifier key; null where it is malformed, of another kind, or its id is not that of its name and key. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  const key = readTyped(encoded)
  if (!key || !isKeyName(name)) return null
  const made = { name, id: keyId(name, key.type, key.bytes), type: key.type, publicKey: key.bytes }
  return hexId(made.id) === id ? made : null
}

/**
 * The text form of a key that signs, as Go's golang.org/x/mod/sumdb/note writes it: "PRIVATE+KEY+<name>+<id>+<key>".
 * @param seed 32 random bytes
 */
export function formatSigningKey(name: string, type: SignatureType, seed: Uint8Array): string {
  const { publicKey } = fromSeed(seed)
  return `PRIVATE+KEY+${name}+${hexId(keyId(name, type, publicKey))}+${toBase64(withType(type, seed))}`
}

/** Reads the text form of a key that signs; null where it is malformed, or its id is not that of its name and key. */
export function parseSigningKey(text: string): SigningKey | null {
  const [, name = '', id = '', encoded = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  const seed = readTyped(encoded)
  if (!seed || !isKeyName(name)) return null
  const { publicKey, privateKey } = fromSeed(seed.bytes)
  const key = { name, id: keyId(name, seed.type, publicKey), type: seed.type, publicKey }
  return hexId(key.id) === id ? { ...key, sign: (message) => new Uint8Array(sign(null, message, privateKey)) } : null
}

/** Whether a message was signed with a key (RFC 8032). */
export const isSignedBy = ({ publicKey }: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === SIGNATURE_BYTES && isEd25519(publicKey, message, signature)

/** A key's name stands between spaces and plus signs, and has none. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s+\p{Cc}]/u.test(name)

/** The first four bytes of SHA-256 of name, newline, type and public key. */
function keyId(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const { buffer, byteOffset } = sha256(utf8(`${name}\n`), withType(type, publicKey))
  return new DataView(buffer, byteOffset).getUint32(0)
}

const hexId = (id: number): string => id.toString(16).padStart(8, '0')

const withType = (type: SignatureType, key: Uint8Array): Uint8Array => joined(new Uint8Array([SIGNATURE_TYPES[type]]), key)

function readTyped(encoded: string): { type: SignatureType; bytes: Uint8Array } | null {
  const bytes = fromBase64(encoded)
  if (bytes?.length !== 1 + KEY_BYTES) return null
  if (bytes[0] === SIGNATURE_TYPES.note) return { type: 'note', bytes: bytes.subarray(1) }
  return bytes[0] === SIGNATURE_TYPES.cosignature ? { type: 'cosignature', bytes: bytes.subarray(1) } : null
}

/** What stands before a seed in the standard form of an Ed25519 key (RFC 8410), in hex. */
const PKCS8_PREFIX = '302e020100300506032b657004220420'

function fromSeed(seed: Uint8Array): { publicKey: Uint8Array; privateKey: KeyObject } {
  if (seed.length !== KEY_BYTES) throw new RangeError(`a seed has ${KEY_BYTES} bytes`)
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from(PKCS8_PREFIX, 'hex'), seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { publicKey: new Uint8Array(spki.subarray(-KEY_BYTES)), privateKey }
}
