import type { Fate } from '../../lib/spending/model'

/** One đồng and all that is known of it. */
interface Cell {
  gift: string
  state: 'free' | 'held' | 'spent' | 'refunded' | 'moved' | 'reserve'
  /** Its hold, or its place in a spend. */
  hold?: string
  spend?: string
  at?: number
  /** The supplier gave it back and it was laid anew, or the reserve stood in for it. */
  isGone?: boolean
  isStoodInFor?: boolean
  /** It came back from a supplier, and lies here anew. */
  isBack?: boolean
}

/**
 * A line as a child would keep it: a list of single đồng, each with whose it is and what became of it. What the
 * product computes from intervals must come to the same.
 */
export class NaiveLine {
  readonly cells: Cell[] = []
  /** What approved spends were promised and were not paid yet. */
  promised = new Map<string, number>()

  receive(gift: string, amount: number, isBack = false): void {
    for (let one = 0; one < amount; one++) this.cells.push({ gift, state: 'free', isBack })
  }

  free(gift?: string): Cell[] {
    return this.cells.filter((cell) => cell.state === 'free' && (gift === undefined || cell.gift === gift))
  }

  available(): number {
    return this.free().length - [...this.promised.values()].reduce((sum, amount) => sum + amount, 0)
  }

  /** The first free đồng pay. @returns them */
  pay(spend: string, from: number, amount: number): Cell[] {
    const cells = this.free().slice(0, amount)
    cells.forEach((cell, index) => Object.assign(cell, { state: 'spent', spend, at: from + index }))
    return cells
  }

  /** Whether đồng lie one after the other. */
  isInOnePiece(cells: readonly Cell[]): boolean {
    const [first] = cells
    const start = first === undefined ? 0 : this.cells.indexOf(first)
    return cells.every((cell, index) => this.cells[start + index] === cell)
  }

  hold(gift: string, hold: string, amount: number): void {
    for (const cell of this.free(gift).slice(-amount)) Object.assign(cell, { state: 'held', hold })
  }

  release(hold: string): void {
    for (const cell of this.cells) if (cell.state === 'held' && cell.hold === hold) Object.assign(cell, { state: 'free', hold: undefined })
  }

  /** đồng of a spend, in its order. */
  ofSpend(spend: string): Cell[] {
    return this.cells.filter((cell) => cell.spend === spend).sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
  }
}

/** What the naive lines say of a gift: how many of its đồng are in each state, by line. */
export function naiveFates(
  lines: ReadonlyMap<number, NaiveLine>,
  gift: string,
  isDelivered: (spend: string, at: number) => boolean,
): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (lineId: number, kind: Fate['kind']) => counts.set(`${lineId} ${kind}`, (counts.get(`${lineId} ${kind}`) ?? 0) + 1)
  for (const [lineId, line] of lines) {
    let promised = [...line.promised.values()].reduce((sum, amount) => sum + amount, 0)
    for (const cell of line.cells) {
      const isPromised = cell.state === 'free' && promised-- > 0
      if (cell.gift !== gift || cell.state === 'moved' || cell.isGone) continue
      if (cell.isStoodInFor || cell.state === 'refunded') count(lineId, 'refunded')
      else if (cell.state === 'free') count(lineId, isPromised ? 'committed' : 'waiting')
      else if (cell.state === 'held') count(lineId, 'held')
      else if (cell.state === 'reserve') count(lineId, 'reserve')
      else count(lineId, isDelivered(cell.spend ?? '', cell.at ?? 0) ? 'delivered' : 'spent')
    }
  }
  return counts
}
