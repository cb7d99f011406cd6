import { sha256 } from './platform'

/** Bytes of every hash in the tree. */
export const HASH_BYTES = 32

/** Set before what is hashed, so that no entry can be taken for an inner node (RFC 6962, section 2.1). */
const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])

/** Root of a log without entries: the hash of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT = sha256()

/** Hash of an entry (RFC 6962, section 2.1). */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(LEAF, entry)

/** Hash of an inner node (RFC 6962, section 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right)

/** Whether two hashes are the same. Hashes of a log are public: it may take as long as it takes. */
export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index])
