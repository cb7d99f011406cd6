import { fromBase64, toBase64 } from '../tlog/base64'
import { joined, utf8 } from '../tlog/bytes'
import type { VerifierKey } from '../tlog/keys'
import { openNote } from '../tlog/note'
import { sha256 } from '../tlog/platform'

/*
 * A paper of ours ends with a line after everything a PDF has: a comment, which readers of PDFs pass over. It holds a signed
 * note (C2SP signed-note) of the SHA-256 of all bytes before it, so that whoever changes the paper breaks it.
 */

export const SEAL_MARK = '%tung-dong-seal '
/** A note with one signature is shorter, in Base64. */
const LONGEST_SEAL = 1_024

/** Text of the note that seals a content. @param name of the key */
export const sealText = (name: string, content: Uint8Array): string => `${name}\n${toBase64(sha256(content))}\n`

/** A content with its seal. @param note the signed note of its text */
export const withSeal = (content: Uint8Array, note: string): Uint8Array => joined(content, utf8(`${SEAL_MARK}${toBase64(utf8(note))}\n`))

/**
 * How a paper's seal is: whole; missing; not of a key that is known; or broken, since the paper is no longer what was sealed.
 * @param keys that seal papers, or did
 */
export function readSeal(file: Uint8Array, keys: readonly VerifierKey[]): 'whole' | 'missing' | 'unknown' | 'broken' {
  const tail = file.subarray(-LONGEST_SEAL)
  const text = latin1(tail)
  const at = text.lastIndexOf(SEAL_MARK)
  if (at < 0) return 'missing'
  // Whatever was added after the seal was added to the paper.
  const [, encoded = ''] = /^([A-Za-z0-9+/]+=*)\n$/.exec(text.slice(at + SEAL_MARK.length)) ?? []
  const note = encoded === '' ? '' : decoded(encoded)
  const opened = openNote(note, keys)
  if (!opened.ok) return opened.why === 'unsigned' ? 'unknown' : 'broken'
  const content = file.subarray(0, file.length - tail.length + at)
  return opened.verified.some(({ key }) => opened.text === sealText(key.name, content)) ? 'whole' : 'broken'
}

/** Bytes as a text of as many signs. */
export function latin1(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8_192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)))
  return parts.join('')
}

function decoded(encoded: string): string {
  const bytes = fromBase64(encoded)
  return bytes === null ? '' : new TextDecoder().decode(bytes)
}
