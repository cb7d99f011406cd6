import { fromHex, toHex, utf8 } from '../tlog/bytes'
import { sha256 } from '../tlog/platform'

/** What a donor may choose to show. */
export type DisclosedField = 'name' | 'message'

/**
 * Commitment to a text that must stay erasable: SHA-256 of a domain tag, a random salt of that field
 * and the text, in hex (money.md §6). Without the salt it tells nothing about the text.
 * @param salt 32 random bytes, used for this field alone
 */
export function commit(field: DisclosedField, salt: Uint8Array, text: string): string {
  if (salt.length !== 32) throw new RangeError('a salt has 32 bytes')
  return toHex(sha256(utf8(`tung-dong/${field}/v1\0`), salt, utf8(text)))
}

/** What stands in an event by a commitment although it is no text: an unredacted paper, a photo. */
export type CommittedBytes = 'original' | 'photo'

/**
 * Commitment to bytes that are not public: SHA-256 of a domain tag, a random salt used for them alone and their own
 * SHA-256, in hex (money.md §8). Without the salt it tells nothing, also to somebody who guesses what they are.
 * @param digest SHA-256 of the bytes, in hex
 */
export function commitBytes(what: CommittedBytes, salt: Uint8Array, digest: string): string {
  if (salt.length !== 32 || !/^[0-9a-f]{64}$/.test(digest)) throw new RangeError('a salt and a digest have 32 bytes each')
  return toHex(sha256(utf8(`tung-dong/${what}/v1\0`), salt, fromHex(digest)))
}
