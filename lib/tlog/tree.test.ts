import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import vectors from '../../tests/vectors/merkle.json'
import { EMPTY_ROOT, leafHash, nodeHash } from './hash'
import { isConsistent, isIncluded } from './proofs'
import { consistencyRanges, hashOfRange, inclusionRanges, type Range, type Subtree } from './tree'
import { encodeBundle, foldHashes, hashesAtLevel, parseBundle, parseTilePath, tileHashesOf, tilePath, tilesOf } from './tiles'

const decode = (text: string | null) => new Uint8Array(Buffer.from(text ?? '', 'base64'))
const hashes = z
  .array(z.string())
  .nullable()
  .transform((list) => (list ?? []).map(decode))
const inclusion = z.array(
  z.object({
    name: z.string(),
    leafIdx: z.number(),
    treeSize: z.number(),
    root: z.string().nullable().transform(decode),
    leafHash: z.string().nullable().transform(decode),
    proof: hashes,
    wantErr: z.boolean(),
  }),
)
const consistency = z.array(
  z.object({
    name: z.string(),
    size1: z.number(),
    size2: z.number(),
    root1: z.string().nullable().transform(decode),
    root2: z.string().nullable().transform(decode),
    proof: hashes,
    wantErr: z.boolean(),
  }),
)

describe('published vectors of transparency-dev/merkle', () => {
  test.each(inclusion.parse(vectors.inclusion))('$name', ({ leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }) => {
    expect(isIncluded(leafIdx, treeSize, leaf, proof, root)).toBe(!wantErr)
  })
  test.each(consistency.parse(vectors.consistency))('$name', ({ size1, size2, root1, root2, proof, wantErr }) => {
    expect(isConsistent(size1, size2, proof, root1, root2)).toBe(!wantErr)
  })
})

/** The tree as RFC 6962 defines it, word by word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (!only) return EMPTY_ROOT
  if (leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`entry ${index}`)))

/** Hashes of a log as its tiles hold them. */
function levelsOf(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const levels = [[...leaves]]
  for (let level = 1; hashesAtLevel(level, leaves.length) > 0; level++) {
    const below = levels[level - 1] ?? []
    levels.push(
      Array.from({ length: hashesAtLevel(level, leaves.length) }, (_, index) => foldHashes(below.slice(index * 256, (index + 1) * 256))),
    )
  }
  return levels
}

function fromTiles(levels: Uint8Array[][]) {
  return (subtree: Subtree) => {
    const { level, from, to } = tileHashesOf(subtree)
    return foldHashes((levels[level] ?? []).slice(from, to))
  }
}

const proofOf = (ranges: readonly Range[], levels: Uint8Array[][]) => ranges.map((range) => hashOfRange(range, fromTiles(levels)))

test('roots and proofs made from tiles are those of the definition, and are accepted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), (size, one, other) => {
      const leaves = leavesOf(size)
      const levels = levelsOf(leaves)
      const root = hashOfRange({ from: 0, to: size }, fromTiles(levels))
      expect(root).toEqual(naiveRoot(leaves))
      const index = one % size
      const included = proofOf(inclusionRanges(index, size), levels)
      expect(isIncluded(index, size, leaves[index] ?? EMPTY_ROOT, included, root)).toBe(true)
      expect(isIncluded(index, size, leaves[(index + 1) % size] ?? EMPTY_ROOT, included, root)).toBe(size === 1)
      const oldSize = 1 + (other % size)
      const oldRoot = naiveRoot(leaves.slice(0, oldSize))
      const grown = proofOf(consistencyRanges(oldSize, size), levels)
      expect(isConsistent(oldSize, size, grown, oldRoot, root)).toBe(true)
      if (oldSize < size) expect(isConsistent(oldSize, size, grown, naiveRoot(leaves.slice(0, oldSize - 1)), root)).toBe(false)
    }),
    { numRuns: 40, seed: 20_261_128 },
  )
})

test('every proof of every small log, and none of it with a bit turned', () => {
  for (let size = 1; size <= 20; size++) {
    const leaves = leavesOf(size)
    const levels = levelsOf(leaves)
    const root = naiveRoot(leaves)
    for (let index = 0; index < size; index++) {
      const proof = proofOf(inclusionRanges(index, size), levels)
      const leaf = leaves[index] ?? EMPTY_ROOT
      expect(isIncluded(index, size, leaf, proof, root)).toBe(true)
      for (let at = 0; at < proof.length; at++) {
        const turned = proof.map((hash, place) => (place === at ? hash.map((byte, position) => (position === 5 ? byte ^ 1 : byte)) : hash))
        expect(isIncluded(index, size, leaf, turned, root)).toBe(false)
      }
    }
    for (let oldSize = 0; oldSize <= size; oldSize++) {
      const proof = proofOf(consistencyRanges(oldSize, size), levels)
      expect(isConsistent(oldSize, size, proof, naiveRoot(leaves.slice(0, oldSize)), root)).toBe(true)
    }
  }
})

describe('tiles', () => {
  test('the tiles of the specification’s example', () => {
    const counted = Map.groupBy(tilesOf(70_000), ({ level }) => level)
    const widths = (level: number) => counted.get(level)?.map(({ width }) => width)
    expect([widths(0)?.length, widths(0)?.at(-1), widths(1), widths(2), widths(3)]).toEqual([274, 112, [256, 17], [1], undefined])
    expect(tilesOf(256).map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1', 'tile/entries/000'])
  })

  test('paths', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    for (const path of ['tile/0/x001/x234/067', 'tile/entries/000.p/1', 'tile/63/999.p/255', 'tile/1/x001/000']) {
      const tile = parseTilePath(path)
      expect(tile && tilePath(tile)).toBe(path)
    }
    const wrong = [
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/001',
      'tile/0/1',
      'tile/0/0001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/0/001/000',
      'tile/0/x001',
      'tile/-1/000',
      'tile/entries/x999/x999/x999/x999/x999/x999/999',
      'tile/0/000/',
      '/tile/0/000',
    ]
    expect(wrong.filter((path) => parseTilePath(path) !== null)).toEqual([])
  })

  test('a bundle gives its entries back, and one that was cut off is none', () => {
    const entries = ['', 'a', 'x'.repeat(0xffff)].map((text) => new Uint8Array(Buffer.from(text)))
    const bundle = encodeBundle(entries)
    expect(parseBundle(bundle)).toEqual(entries)
    expect(parseBundle(bundle.subarray(0, -1))).toBeNull()
    expect(() => encodeBundle([new Uint8Array(0x10000)])).toThrow(/65535/)
  })
})
