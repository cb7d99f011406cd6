/** What became of the money a stretch of cloth stands for. */
export type PartKind = 'delivered' | 'spent' | 'received'

export interface BarPart {
  kind: PartKind
  /** Crossings of the cloth. */
  crossings: number
}

/** A share of a sum as crossings of a cloth: never rounded up, never more than the cloth has. */
export function crossings(amountVnd: bigint, goalVnd: bigint, total: number): number {
  if (goalVnd <= 0n || amountVnd <= 0n) return 0
  const laid = (amountVnd * BigInt(total)) / goalVnd
  return laid > BigInt(total) ? total : Number(laid)
}

/**
 * The outline of crossings [from, to) of a cloth, which are laid column by column, top to bottom:
 * the edge of the cloth is where the last đồng lies.
 */
export function outline(from: number, to: number, rows: number): string {
  if (to <= from) return ''
  const first = Math.floor(from / rows)
  const last = Math.floor(to / rows)
  const top = from - first * rows
  const bottom = to - last * rows
  if (first === last) return `M${first} ${top}h1V${bottom}h-1z`
  const end = bottom === 0 ? `H${last}V${rows}` : `H${last + 1}V${bottom}H${last}V${rows}`
  return top === 0 ? `M${first} 0${end}H${first}z` : `M${first} ${top}h1V0${end}H${first}z`
}

/** Parts one after another, with their outlines. Throws where they are more than the cloth. */
export function layParts(
  parts: readonly BarPart[],
  cols: number,
  rows: number,
): { kind: PartKind; path: string; from: number; to: number }[] {
  let laid = 0
  const stretches = parts.map(({ kind, crossings: count }) => {
    const from = laid
    laid += count
    return { kind, from, to: laid, path: outline(from, laid, rows) }
  })
  if (laid > cols * rows) throw new RangeError('more crossings than the cloth has')
  return stretches.filter((stretch) => stretch.to > stretch.from)
}
