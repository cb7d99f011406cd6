import { fromBase64, toBase64 } from './base64'
import { joined, utf8 } from './bytes'
import { isKeyName, isSignedBy, SIGNATURE_BYTES, type SigningKey, type VerifierKey } from './keys'

/** Most signatures of a note that are looked at. */
const MAX_SIGNATURES = 100
const TIMESTAMP_BYTES = 8

/** One signature line. */
export interface Signature {
  name: string
  keyId: number
  /** What follows the key's id. */
  bytes: Uint8Array
}

/** A signed note (C2SP signed-note): a text that ends with a newline, and who signed it. */
export interface Note {
  text: string
  signatures: Signature[]
}

/** A signature that was checked. */
export interface Verified {
  key: VerifierKey
  /** Of a cosignature: when it was made, in seconds since 1970. */
  timestamp: bigint | null
}

/** Why a note is worth nothing. */
export type NoteRefusal = 'malformed' | 'unsigned' | 'bad_signature'

/** Reads a note, without looking whether the signatures are right; null where it is malformed. */
export function parseNote(note: string): Note | null {
  // Whatever is not UTF-8 was replaced by this when it was read.
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note)) return null
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) return null
  const signatures = parseSignatures(note.slice(split + 2))
  return signatures && signatures.length > 0 ? { text: note.slice(0, split + 1), signatures } : null
}

/** Reads signature lines, each ended by a newline; null where one is malformed. */
function parseSignatures(lines: string): Signature[] | null {
  if (!lines.endsWith('\n')) return null
  const all = lines.slice(0, -1).split('\n')
  if (all.length > MAX_SIGNATURES) return null
  const read = all.map((line) => {
    const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (!isKeyName(name) || !bytes || bytes.length <= 4) return null
    return { name, keyId: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes: bytes.subarray(4) }
  })
  const signatures = read.filter((one) => one !== null)
  return signatures.length === read.length ? signatures : null
}

/** A note with its signature lines. */
export const formatNote = (text: string, signatureLines: readonly string[]): string => `${text}\n${signatureLines.join('')}`

/** The line by which a key signs a text (C2SP signed-note). */
export function signNote(text: string, key: SigningKey): string {
  if (key.type !== 'note') throw new Error(`${key.name} cosigns, and signs no note of its own`)
  return signatureLine(key, key.sign(utf8(text)))
}

/**
 * The line by which a witness says that, at a time, this is the largest checkpoint it saw of the log, and that the log only
 * grew (C2SP tlog-cosignature).
 * @param timestamp seconds since 1970
 */
export function cosign(text: string, key: SigningKey, timestamp: bigint): string {
  if (key.type !== 'cosignature') throw new Error(`${key.name} signs notes, and is no witness`)
  const stamp = new DataView(new ArrayBuffer(TIMESTAMP_BYTES))
  stamp.setBigUint64(0, timestamp)
  return signatureLine(key, joined(new Uint8Array(stamp.buffer), key.sign(cosignedMessage(text, timestamp))))
}

/**
 * Opens a note with keys one trusts: signatures of others are ignored, one of theirs that is wrong spoils the note.
 * @returns its text and who of them signed it, or why it is worth nothing
 */
export function openNote(
  note: string,
  trusted: readonly VerifierKey[],
): { ok: true; text: string; verified: Verified[] } | { ok: false; why: NoteRefusal } {
  const parsed = parseNote(note)
  if (!parsed) return { ok: false, why: 'malformed' }
  const verified: Verified[] = []
  for (const signature of parsed.signatures) {
    const key = trusted.find(({ name, id }) => name === signature.name && id === signature.keyId)
    // The same key twice says no more than once, and is not looked at again (as Go's note.Open).
    if (!key || verified.some((one) => one.key === key)) continue
    const timestamp = verifiedTime(parsed.text, signature, key)
    if (timestamp === undefined) return { ok: false, why: 'bad_signature' }
    verified.push({ key, timestamp })
  }
  return verified.length === 0 ? { ok: false, why: 'unsigned' } : { ok: true, text: parsed.text, verified }
}

/** When a cosignature was made, or null of a plain signature; undefined where it is wrong. */
function verifiedTime(text: string, { bytes }: Signature, key: VerifierKey): bigint | null | undefined {
  if (key.type === 'note') return isSignedBy(key, utf8(text), bytes) ? null : undefined
  if (bytes.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES) return undefined
  const timestamp = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
  if (timestamp >= 2n ** 63n) return undefined
  return isSignedBy(key, cosignedMessage(text, timestamp), bytes.subarray(TIMESTAMP_BYTES)) ? timestamp : undefined
}

const cosignedMessage = (text: string, timestamp: bigint): Uint8Array => utf8(`cosignature/v1\ntime ${timestamp}\n${text}`)

function signatureLine({ name, id }: VerifierKey, signature: Uint8Array): string {
  const keyId = new DataView(new ArrayBuffer(4))
  keyId.setUint32(0, id)
  const bytes = joined(new Uint8Array(keyId.buffer), signature)
  return `\u2014 ${name} ${toBase64(bytes)}\n`
}
