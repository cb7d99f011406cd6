import { describe, expect, it } from 'vitest'
import { band, FIGURES, HOUSE_SEED, placeSeed } from './band'
import { crossings, layParts, outline } from './bar'
import { DENSITIES } from './densities'
import { MOTIFS, PLAIN_MOTIF } from './motifs'
import { strokes } from './strokes'

const CODES =
  '22786 22801 22828 22795 22900 22822 09700 22849 04930 22840 22852 22861 22813 22738 22897 22891 22870 22873 09694 09676 09706 10081 10441 09952 09988'.split(
    ' ',
  )
const seeds = CODES.map((code) => placeSeed({ code, validFrom: '2025-07-01' }))

describe('a band', () => {
  it('is the same for the same seed', () => {
    for (const seed of seeds) {
      const [one, two] = [band(seed), band(seed)]
      for (let x = 0; x < one.period; x++) for (let y = 0; y < one.rows; y++) expect(one.at(x, y)).toBe(two.at(x, y))
    }
  })

  it('mirrors left to right and top to bottom, in every size', () => {
    for (const seed of [...seeds, HOUSE_SEED]) {
      for (const size of ['full', 'narrow', 'slim'] as const) {
        const { at, period, rows } = band(seed, { size })
        for (let x = 0; x < period; x++) {
          for (let y = 0; y < rows; y++) {
            expect(at(x, y)).toBe(at(-x, y))
            expect(at(x, y)).toBe(at(x + period, y))
            expect(at(x, y)).toBe(at(x, rows - 1 - y))
          }
        }
      }
    }
  })

  it("differs from every other commune's", () => {
    expect(new Set(seeds.map((seed) => band(seed).signature)).size).toBe(seeds.length)
  })

  it('shows the leaf thread only where it is complete', () => {
    const threads = (complete: boolean) => {
      const { at, period, rows } = band(HOUSE_SEED, { complete })
      return new Set(Array.from({ length: period * rows }, (_, i) => at(i % period, Math.floor(i / period))))
    }
    expect(threads(false).has('leaf')).toBe(false)
    expect(threads(true).has('leaf')).toBe(true)
  })

  it('is drawn from quarters of 9 × 7', () => {
    for (const rows of Object.values(FIGURES)) expect(rows.map((row) => row.length)).toEqual(Array(7).fill(9))
  })
})

describe('a bar', () => {
  it('never rounds a share up, and holds no more than its cloth', () => {
    expect(crossings(99n, 100n, 10)).toBe(9)
    expect(crossings(0n, 100n, 10)).toBe(0)
    expect(crossings(100n, 100n, 10)).toBe(10)
    expect(crossings(250n, 100n, 10)).toBe(10)
    expect(crossings(99_999_999_999n, 100_000_000_000n, 1620)).toBe(1619)
    expect(() => layParts([{ kind: 'received', crossings: 5 }], 2, 2)).toThrow(RangeError)
  })

  it('lays its parts one after another without a gap', () => {
    const parts = layParts(
      [
        { kind: 'delivered', crossings: 4 },
        { kind: 'spent', crossings: 0 },
        { kind: 'received', crossings: 9 },
      ],
      10,
      3,
    )
    expect(parts.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['delivered', 0, 4],
      ['received', 4, 13],
    ])
  })

  it('outlines exactly the crossings it is given', () => {
    for (const [from, to] of [
      [0, 0],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 8],
      [3, 6],
      [4, 13],
      [0, 30],
    ] as const) {
      expect(area(outline(from, to, 3))).toBe(to - from)
    }
  })
})

describe('motifs', () => {
  it('are halves of 15 × 15', () => {
    for (const rows of [...Object.values(MOTIFS), PLAIN_MOTIF]) expect(rows.map((row) => row.length)).toEqual(Array(15).fill(8))
  })

  it('differ from each other', () => {
    expect(new Set(Object.values(MOTIFS).map((rows) => rows.join())).size).toBe(Object.keys(MOTIFS).length)
  })
})

describe('strokes', () => {
  it('cover each crossing once', () => {
    const paths = strokes(4, 3, (x, y) => (x === y ? null : x < y ? 'a' : 'b'))
    const length = (path = '') => [...path.matchAll(/v(\d+)/g)].reduce((sum, match) => sum + Number(match[1]), 0)
    expect(length(paths.get('a')) + length(paths.get('b'))).toBe(4 * 3 - 3)
    expect(paths.get('a')).toBe('M0.5 1v2m1-1v1')
  })
})

it('densities cover 0, 1/8, 1/4, 1/2, 3/4 and all of a repeat', () => {
  const covered = DENSITIES.map((at) => Array.from({ length: 16 }, (_, i) => at(i % 4, Math.floor(i / 4))).filter(Boolean).length)
  expect(covered).toEqual([0, 2, 4, 8, 12, 16])
})

/** Area inside a path of M, h, H, v, V and z (shoelace). */
function area(path: string): number {
  let [x, y] = [0, 0]
  const points: [number, number][] = []
  for (const [, command, text = ''] of path.matchAll(/([MhHvVz])([^MhHvVz]*)/g)) {
    const [a = 0, b = 0] = text.trim().split(' ').map(Number)
    if (command === 'M') [x, y] = [a, b]
    if (command === 'h') x += a
    if (command === 'H') x = a
    if (command === 'v') y += a
    if (command === 'V') y = a
    points.push([x, y])
  }
  return (
    Math.abs(
      points.reduce((sum, [px, py], i) => {
        const [qx, qy] = points[(i + 1) % points.length] ?? [0, 0]
        return sum + px * qy - qx * py
      }, 0),
    ) / 2
  )
}
