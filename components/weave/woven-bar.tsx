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

interface Cloth {
  /** Seed of the band whose figures are woven. */
  seed: string
  /** Stands once a page; letters, digits and hyphens. */
  id: string
  sums: WovenSums
  /** Says the sums in words. */
  label: string
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

/** The figures of one repeat, once; every stretch of cloth borrows them. */
function Repeat({ id, seed, rows }: { id: string; seed: string; rows: number }) {
  const woven = band(seed)
  const middle = (woven.rows - 1) / 2
  const paths = strokes(woven.period, rows, (x, y) =>
    woven.at(x - 8, middle + Math.floor(Math.abs(y - (rows - 1) / 2))) === 'ground' ? null : 'figure',
  )
  return <path id={`${id}-f`} d={paths.get('figure') ?? ''} />
}

const columns = (from: number, to: number, rows: number) => {
  let path = ''
  for (let x = from; x < to; x++) path += x === from ? `M${x}.5 0v${rows}` : `m1-${rows}v${rows}`
  return path
}

interface Grid {
  cols: number
  rows: number
  /** Every n-th bare warp thread is drawn: 2 where a crossing is smaller than about 4 px. */
  every: number
}

function Weave({ seed, id, part = id, sums, label, grid, className }: Cloth & { part?: string; grid: Grid; className?: string }) {
  const { cols, rows, every } = grid
  const period = band(seed).period
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
  return (
    <svg className={className ? `weave ${className}` : 'weave'} viewBox={`0 -1 ${cols + 1.4} ${rows + 2}`} role="img" aria-label={label}>
      {part === id && (
        <defs>
          <Repeat id={id} seed={seed} rows={rows} />
        </defs>
      )}
      <path className="w-warp" d={warp} />
      {stretches.map(({ kind, path, from, to }) => {
        const first = Math.floor(from / rows)
        const last = Math.ceil(to / rows)
        const repeats = []
        for (let x = Math.floor(first / period) * period; x < last; x += period) repeats.push(x)
        return (
          <g key={kind} clipPath={`url(#${part}-${kind})`}>
            <clipPath id={`${part}-${kind}`}>
              <path d={path} />
            </clipPath>
            <path className={`g-${kind}`} d={columns(first, last, rows)} />
            <path className="w-cross" d={cross} />
            <g className={`f-${kind}`}>
              {repeats.map((x) => (
                <use key={x} href={`#${id}-f`} {...(x > 0 ? { x } : {})} />
              ))}
            </g>
          </g>
        )
      })}
      <path className="w-selvedge" d={`M0-.85h${cols}v.6H0zM0 ${rows}.25h${cols}v.6H0zM${cols}.4-1h1v${rows + 2}h-1z`} />
    </svg>
  )
}

/** A woven bar of one grid: for lists and tables. The label is required, for the cloth is a figure. */
export function WovenBar({ cols = 112, rows = 9, every = 2, ...cloth }: Cloth & Partial<Grid>) {
  return <Weave {...cloth} grid={{ cols, rows, every }} />
}

/** The large bar at the head of a page: a wide grid, and a narrower one for small screens that borrows its figures. */
export function WovenHead(cloth: Cloth) {
  return (
    <>
      <Weave {...cloth} grid={{ cols: 180, rows: 15, every: 1 }} className="wide-only" />
      <Weave {...cloth} part={`${cloth.id}-s`} grid={{ cols: 96, rows: 15, every: 2 }} className="small-only" />
    </>
  )
}

/** A swatch of cloth beside the name of what it stands for. */
export function WeaveKey({ kind }: { kind: PartKind | 'missing' }) {
  const figures = strokes(16, 9, (x, y) => (band('04930').at(x - 8, 14 + Math.floor(Math.abs(y - 4))) === 'ground' ? null : 'figure'))
  return (
    <svg className="key weave" viewBox="0 0 16 9" preserveAspectRatio="none" aria-hidden="true">
      {kind === 'missing' ? (
        <path className="w-warp" d="M0 1.5H16M0 4.5H16M0 7.5H16" />
      ) : (
        <>
          <path className={`g-${kind}`} d={columns(0, 16, 9)} />
          <g className={`f-${kind}`}>
            <path d={figures.get('figure') ?? ''} />
          </g>
        </>
      )}
    </svg>
  )
}
