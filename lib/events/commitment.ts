import { createHash } from 'node:crypto'

/** What a donor may choose to show. */
export type DisclosedField = 'name' | 'message'

/**
 * Commitment to a text that must stay erasable: SHA-256 of a domain tag, a random salt of that field
 * and the text, in hex (money.md §6). Without the salt it tells nothing about the text.
 * @param salt 32 random bytes, used for this field alone
 */
export function commit(field: DisclosedField, salt: Uint8Array, text: string): string {
  if (salt.length !== 32) throw new RangeError('a salt has 32 bytes')
  return createHash('sha256').update(`tung-dong/${field}/v1\0`).update(salt).update(text, 'utf8').digest('hex')
}
