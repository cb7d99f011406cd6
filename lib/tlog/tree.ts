import { EMPTY_ROOT, nodeHash } from './hash'

/** Entries [from, to) of a log. */
export interface Range {
  from: number
  to: number
}

/** A whole subtree: the entries [index · 2^height, (index + 1) · 2^height). Its hash never changes as the log grows. */
export interface Subtree {
  height: number
  index: number
}

/** Gives the hash of a whole subtree that lies within the log. */
export type SubtreeHash = (subtree: Subtree) => Uint8Array

/**
 * Whole subtrees that stand side by side in a range, the largest first, as RFC 6962 splits it.
 * @param range begins where a subtree of at least its length may begin
 */
export function wholeSubtrees({ from, to }: Range): Subtree[] {
  const subtrees: Subtree[] = []
  for (let start = from; start < to;) {
    const width = largestPowerWithin(to - start)
    const height = Math.log2(width)
    if (start % width !== 0) throw new RangeError(`no subtree of height ${height} begins at ${start}`)
    subtrees.push({ height, index: start / width })
    start += width
  }
  return subtrees
}

/** Merkle tree hash of a range (RFC 6962, section 2.1). */
export function hashOfRange(range: Range, hashOf: SubtreeHash): Uint8Array {
  const [last, ...others] = wholeSubtrees(range).reverse()
  if (!last) return EMPTY_ROOT
  return others.reduce((hash, subtree) => nodeHash(hashOf(subtree), hash), hashOf(last))
}

/** Ranges whose hashes prove that an entry is in a log of a size, from its sibling up (RFC 6962, section 2.1.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  if (index < 0 || index >= size) throw new RangeError(`no entry ${index} in a log of ${size}`)
  const siblings: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + largestPowerWithin(to - from - 1)
    siblings.push(index < middle ? { from: middle, to } : { from, to: middle })
    if (index < middle) to = middle
    else from = middle
  }
  return siblings.reverse()
}

/** Ranges whose hashes prove that a log of a size grew from one of an old size (RFC 6962, section 2.1.2). */
export function consistencyRanges(oldSize: number, size: number): Range[] {
  if (oldSize < 0 || oldSize > size) throw new RangeError(`a log of ${size} did not grow from one of ${oldSize}`)
  if (oldSize === 0 || oldSize === size) return []
  const siblings: Range[] = []
  let [from, to] = [0, size]
  while (oldSize !== to) {
    const middle = from + largestPowerWithin(to - from - 1)
    siblings.push(oldSize <= middle ? { from: middle, to } : { from, to: middle })
    if (oldSize <= middle) to = middle
    else from = middle
  }
  // Whoever asks knows the root of the old log; where that is one subtree, it is not told again.
  if (from !== 0) siblings.push({ from, to })
  return siblings.reverse()
}

/** The largest power of two that is no more than a count. A logarithm of a large count would be rounded. */
function largestPowerWithin(count: number): number {
  let power = 1
  while (power * 2 <= count) power *= 2
  return power
}
