import { band } from './band'
import { crossings, layParts, type PartKind } from './bar'
import { strokes } from './strokes'

/** Sums that a bar shows, in the order they are woven; what is left of the goal stays bare warp. */
export interface WovenSums {
  goalVnd: bigint
  receivedVnd: bigint
  spentVnd?: bigint
  deliveredVnd?: bigint
}

export interface Grid {
  cols: number
  rows: number
  /** Every n-th bare warp thread is drawn: 2 where a crossing is smaller than about 4 px. */
  every: number
}

/** A woven bar as paths on its grid, for whoever draws it: pages with classes, pictures with colours. */
export interface Cloth {
  viewBox: string
  warp: string
  /** Lines that keep the rows of woven cloth apart. */
  cross: string
  selvedge: string
  /** One repeat of the figures; `columns` of each stretch stand behind it. */
  figure: string
  stretches: { kind: PartKind; clip: string; columns: string; repeats: number[] }[]
}

const KINDS: readonly { kind: PartKind; amount: (sums: WovenSums) => bigint }[] = [
  { kind: 'delivered', amount: (sums) => sums.deliveredVnd ?? 0n },
  { kind: 'spent', amount: (sums) => sums.spentVnd ?? 0n },
  { kind: 'received', amount: (sums) => sums.receivedVnd },
]

/** Crossings of each kind. Shares are cut down one by one, but a goal that is reached fills the cloth. */
function partsOf(sums: WovenSums, total: number) {
  let sum = 0n
  let laid = 0
  return KINDS.map(({ kind, amount }) => {
    sum += amount(sums)
    const upTo = crossings(sum, sums.goalVnd, total)
    const part = { kind, crossings: upTo - laid }
    laid = upTo
    return part
  })
}

/** Whole columns from one to another, as strokes. */
export function columns(from: number, to: number, rows: number): string {
  let path = ''
  for (let x = from; x < to; x++) path += x === from ? `M${x}.5 0v${rows}` : `m1-${rows}v${rows}`
  return path
}

/** The figures of one repeat of a band, cut to so many rows about its middle. */
export function figures(seed: string, rows: number): string {
  const woven = band(seed)
  const middle = (woven.rows - 1) / 2
  const paths = strokes(woven.period, rows, (x, y) =>
    woven.at(x - 8, middle + Math.floor(Math.abs(y - (rows - 1) / 2))) === 'ground' ? null : 'figure',
  )
  return paths.get('figure') ?? ''
}

/** Weaves sums into a cloth in the figures of a band. */
export function weave(seed: string, sums: WovenSums, { cols, rows, every }: Grid): Cloth {
  const { period } = band(seed)
  const stretches = layParts(partsOf(sums, cols * rows), cols, rows)
  const laid = stretches.at(-1)?.to ?? 0
  const woven = Math.ceil(laid / rows)
  const edgeRow = laid - (woven - 1) * rows
  let warp = ''
  for (let y = every >> 1; y < rows; y += every) {
    const from = woven === 0 || edgeRow > y ? woven : woven - 1
    if (from < cols) warp += `M${from} ${y}.5H${cols}`
  }
  let cross = ''
  for (let y = 1; y < rows; y++) cross += `M0 ${y}H${woven}`
  return {
    viewBox: `0 -1 ${cols + 1.4} ${rows + 2}`,
    warp,
    cross,
    selvedge: `M0-.85h${cols}v.6H0zM0 ${rows}.25h${cols}v.6H0zM${cols}.4-1h1v${rows + 2}h-1z`,
    figure: figures(seed, rows),
    stretches: stretches.map(({ kind, path, from, to }) => {
      const first = Math.floor(from / rows)
      const last = Math.ceil(to / rows)
      const repeats = []
      for (let x = Math.floor(first / period) * period; x < last; x += period) repeats.push(x)
      return { kind, clip: path, columns: columns(first, last, rows), repeats }
    }),
  }
}
