import { HASH_BYTES, isSameHash, nodeHash } from './hash'

/**
 * Whether a proof shows that an entry stands at an index of the log with that root (RFC 9162, section 2.1.3.2; the proof of
 * RFC 6962, section 2.1.1).
 * @param proof hashes from the entry's sibling up
 */
export function isIncluded(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, ...proof].every(isHash)) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      // Where the tree is not full, the right edge goes up without a sibling.
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && isSameHash(hash, root)
}

/**
 * Whether a proof shows that a log grew from one root to the other and changed nothing on the way (RFC 9162, section
 * 2.1.4.2; the proof of RFC 6962, section 2.1.2). Every log grew from the empty one, which needs no proof.
 */
export function isConsistent(oldSize: number, size: number, proof: readonly Uint8Array[], oldRoot: Uint8Array, root: Uint8Array): boolean {
  if (!isCount(oldSize) || !isCount(size) || oldSize > size || ![oldRoot, root, ...proof].every(isHash)) return false
  if (oldSize === size) return proof.length === 0 && isSameHash(oldRoot, root)
  if (oldSize === 0) return proof.length === 0
  let node = oldSize - 1
  let last = size - 1
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  // Where the old log is one whole subtree, its root is the first hash.
  const hashes = node === 0 ? [oldRoot, ...proof] : proof
  const [first, ...others] = hashes
  if (!first) return false
  let oldHash = first
  let hash = first
  for (const sibling of others) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash)
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && isSameHash(oldHash, oldRoot) && isSameHash(hash, root)
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES
/** Shifts of JavaScript end at 32 bits. */
const half = (value: number): number => Math.floor(value / 2)
