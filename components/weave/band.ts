import { chance, type Choices } from './chance'

/** What a crossing of the cloth shows. Leaf is kept for cloth that is complete. */
export type Thread = 'ground' | 'cotton' | 'turmeric' | 'madder' | 'leaf'

/** Rows of a band: full for the head of a place's page, narrow for pages of no place, slim for lists. */
export type BandSize = 'full' | 'narrow' | 'slim'

/**
 * A strip of cloth, woven left to right as on a backstrap loom. `at(x, y)` is the thread of a
 * crossing; x = 0 is the middle of a figure, and the band mirrors about it and about its middle row.
 */
export interface Band {
  seed: string
  size: BandSize
  rows: number
  period: number
  at: (x: number, y: number) => Thread
  /** What was drawn by lot, so that two bands can be told apart. */
  signature: string
}

/** The site's own band: chosen, not drawn by lot. */
export const HOUSE_SEED = 'tung-dong'

/** The seed of a place's band. Unit codes were reused on 1 July 2025, so the day belongs to it. */
export const placeSeed = (unit: { code: string; validFrom: string }): string => `${unit.code}@${unit.validFrom}`

/**
 * Quarter motifs, 9 × 7: rows from the middle of the band to its edge, columns from the middle of
 * the figure to the seam with the next. '#' first thread, 'o' second, '+' third, '.' ground.
 */
export const FIGURES = {
  steppedDiamond: ['+.oo..###', '..oo.##.#', 'ooo.##..#', 'o..##....', '..##...o.', '.##...oo+', '##...oo++'],
  eightPointedStar: ['o###....+', '#.###..+.', '##.###...', '###.###..', '.###.....', '..##....o', '...#...oo'],
  hookedDiamond: ['+o..#####', 'oo.##...#', '..##.##.#', '.##..#..#', '##...####', '#..o.....', '..ooo..o+'],
  hooks: ['+.#..oo.#', '.##..o..#', '##..o...#', '#..##.#.#', '..##..#.#', '.##...###', '##.o....o'],
  steppedCross: ['+oo#####.', 'oo.##.##.', 'o.##...##', '###..o..#', '##..ooo..', '#..oo+oo.', '...o+.+o.'],
  nestedDiamonds: ['++#..oo..', '+##.oo..#', '##.oo..##', '..oo..##.', '.oo..##..', 'oo..##..+', 'o..##..++'],
  youngFern: ['+..#....o', '..##.##..', '.##.##.#.', '##.##..#.', '#.##..##.', '..#..##.o', '.##.##.oo'],
  facingTriangles: ['+.......#', '.#.....##', '.##...###', '.###.##.#', '.##...#o#', '.#.....##', '....+...#'],
} as const

type Figure = keyof typeof FIGURES
const FIGURE_NAMES: Choices<Figure> = [
  'steppedDiamond',
  'eightPointedStar',
  'hookedDiamond',
  'hooks',
  'steppedCross',
  'nestedDiamonds',
  'youngFern',
  'facingTriangles',
]

type Colourway = readonly [Thread, Thread, Thread]
const HOUSE_COLOURS: Colourway = ['cotton', 'turmeric', 'madder']
const COLOURWAYS: Choices<Colourway> = [
  HOUSE_COLOURS,
  ['turmeric', 'cotton', 'madder'],
  ['cotton', 'madder', 'turmeric'],
  ['madder', 'cotton', 'turmeric'],
  ['turmeric', 'madder', 'cotton'],
  ['madder', 'turmeric', 'cotton'],
]

/** Three border rows, outermost first; x is counted from a figure's middle. */
type Edge = readonly [(x: number) => boolean, (x: number) => boolean, (x: number) => boolean]
const SAW_TEETH: Edge = [(x) => x % 4 === 0, (x) => x % 4 !== 2, () => true]
const EDGES: Choices<Edge> = [
  SAW_TEETH,
  [(x) => x % 4 === 0, (x) => x % 2 === 1, (x) => x % 4 === 2],
  [(x) => x % 4 < 2 === (x % 4 !== 1), (x) => x % 2 === 1, (x) => x % 2 === 0],
  [() => false, (x) => x % 4 === 0, () => false],
  [(x) => x % 8 === 0, (x) => x % 8 < 2 || x % 8 === 7, (x) => x % 8 < 3 || x % 8 > 5],
]

const HALF: Record<BandSize, number> = { full: 6, narrow: 6, slim: 4 }
const RIM: Record<BandSize, number> = { full: 7, narrow: 2, slim: 0 }

/** Distance to the nearest middle of a figure. */
function fold(x: number, period: number): number {
  const within = ((x % period) + period) % period
  return Math.min(within, period - within)
}

/** The band of a seed: figure, partner, colours, edge and stripes by lot. `complete` brings in the leaf thread. */
export function band(seed: string, { size = 'full', complete = false }: { size?: BandSize; complete?: boolean } = {}): Band {
  const isHouse = seed === HOUSE_SEED
  const lot = chance(`dai:${seed}`)
  const a = isHouse ? 'eightPointedStar' : lot.pick(FIGURE_NAMES)
  const [first = a, ...rest] = FIGURE_NAMES.filter((name) => name !== a)
  const b = isHouse ? 'steppedDiamond' : lot.pick([first, ...rest])
  const alternates = isHouse || lot.next() < 0.6
  const way = isHouse ? HOUSE_COLOURS : lot.pick(COLOURWAYS)
  const edge = isHouse ? SAW_TEETH : lot.pick(EDGES)
  const drawnStripe = lot.pick([way[0], way[1], way[2]])
  const edgeThread = lot.pick([way[1], way[2]])
  const stripe: Thread = complete ? 'leaf' : drawnStripe
  const third: Thread = complete ? 'leaf' : way[2]

  const half = HALF[size]
  const rim = RIM[size]
  const rows = 2 * (half + rim) + 1
  const quarter = (figure: Figure, u: number, v: number): Thread => {
    const mark = FIGURES[figure][v]?.[u]
    return mark === '#' ? way[0] : mark === 'o' ? way[1] : mark === '+' ? third : 'ground'
  }
  const border = (x: number, out: number): Thread => {
    if (rim === 2) return out === 0 ? stripe : 'ground'
    if (out === 0 || out === 5) return stripe
    return out >= 2 && out <= 4 && edge[out - 2]?.(fold(x, 16)) ? edgeThread : 'ground'
  }
  const at = (x: number, y: number): Thread => {
    const v = Math.abs(y - half - rim)
    if (v > half) return border(x, rim - (v - half))
    return quarter(alternates && fold(x, 32) > 8 ? b : a, fold(x, 16), v) // the seam belongs to a
  }
  return { seed, size, rows, period: alternates ? 32 : 16, at, signature: [a, alternates ? b : '', ...way, drawnStripe, edgeThread].join() }
}
