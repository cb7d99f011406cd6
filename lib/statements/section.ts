import type { Contradiction, Item, Problem, SectionEnd, StatementLine } from './model'
import type { Group } from './row'

/** So many rows show which end of a statement is the newer one. */
const ROWS_TO_TELL_ORDER = 200
/** Rows without a balance that are held for one that has it. */
const MOST_HELD = 1_000

/** The lines of one account in a file, whose balances are checked one by one as they stream by. */
export interface Section {
  position: number
  /** What came in and went out so far. */
  sums: { inVnd: bigint; outVnd: bigint }
  say(which: 'opening' | 'closing', amountVnd: bigint): void
  sayPeriod(period: SectionEnd['period']): void
  /** Adds the lines of a row. @returns those that were checked */
  add(group: Group): Item[]
  /** @returns what is left, and what is known at the end */
  end(): Item[]
}

interface Checked extends Group {
  contradiction: Problem<Contradiction> | null
}

/** Begins a section. A balance that does not follow is said at the later of two lines, and of what it is short. */
export function beginSection(position: number): Section {
  const said = { opening: null as bigint | null, closing: null as bigint | null, period: null as SectionEnd['period'] }
  const sums = { inVnd: 0n, outVnd: 0n }
  let undecided: Group[] | null = []
  let isNewestFirst = false
  let held: Checked[] = []
  /** In time order: the balance that the next row follows. In the order of newest first: that of the row at the top. */
  let chain: { balanceVnd: bigint; sumVnd: bigint } | null = null
  let topVnd: bigint | null = null
  let total = 0n
  let rows = 0

  const inTimeOrder = (group: Checked): Checked[] => {
    chain ??= said.opening === null ? null : { balanceVnd: said.opening, sumVnd: 0n }
    if (chain) chain = { ...chain, sumVnd: chain.sumVnd + group.sumVnd }
    if (group.balanceVnd !== null) {
      if (chain)
        group.contradiction = compare(topVnd === null ? 'opening' : 'balance', group.row, chain.balanceVnd + chain.sumVnd, group.balanceVnd)
      chain = { balanceVnd: group.balanceVnd, sumVnd: 0n }
      topVnd ??= group.balanceVnd
    }
    const ready = held
    held = [group]
    return ready
  }

  const newestFirst = (group: Checked): Checked[] => {
    const [newest] = held
    const ready: Checked[] = []
    if (newest && newest.balanceVnd !== null && group.balanceVnd !== null) {
      const after = group.balanceVnd + held.reduce((sum, { sumVnd }) => sum + sumVnd, 0n)
      newest.contradiction = compare('balance', newest.row, after, newest.balanceVnd)
    }
    if (group.balanceVnd !== null || newest?.balanceVnd == null || held.length > MOST_HELD) {
      ready.push(...held)
      held = []
    }
    if (rows === 1) topVnd = group.balanceVnd
    held.push(group)
    return ready
  }

  const check = (group: Group): Item[] => {
    total += group.sumVnd
    rows += 1
    const checked = { ...group, contradiction: null }
    return (isNewestFirst ? newestFirst(checked) : inTimeOrder(checked)).flatMap(itemsOf)
  }
  const itemsOf = ({ lines, contradiction }: Checked): Item[] =>
    lines.map((line, index) => ({ kind: 'line', line: { ...line, section: position, contradiction: index === 0 ? contradiction : null } }))

  const decide = (): Item[] => {
    const groups = undecided ?? []
    undecided = null
    isNewestFirst = isNewestFirstOf(groups)
    return groups.flatMap(check)
  }

  /** What the bank says at both ends against what the lines come to; the last line that is held bears it. */
  const checkEnds = (): void => {
    const last = held.at(-1)
    if (!last || last.contradiction) return
    if (isNewestFirst) {
      const [newest] = held
      if (newest && newest.balanceVnd !== null && said.opening !== null) {
        const sum = held.reduce((all, { sumVnd }) => all + sumVnd, 0n)
        newest.contradiction = compare('opening', newest.row, said.opening + sum, newest.balanceVnd)
      }
      if (topVnd !== null && said.closing !== null) last.contradiction ??= compare('closing', last.row, topVnd, said.closing)
    } else if (chain && said.closing !== null) {
      last.contradiction = compare('closing', last.row, chain.balanceVnd + chain.sumVnd, said.closing)
    }
    if (topVnd === null && said.opening !== null && said.closing !== null) {
      last.contradiction ??= compare('closing', last.row, said.opening + total, said.closing)
    }
  }

  return {
    position,
    sums,
    say: (which, amountVnd) => {
      said[which] ??= amountVnd
      // Of several pages the last one says how it ends.
      if (which === 'closing') said.closing = amountVnd
    },
    sayPeriod: (period) => {
      said.period ??= period
    },
    add: (group) => {
      for (const { direction, amountVnd } of group.lines) {
        if (direction === 'in') sums.inVnd += amountVnd
        else sums.outVnd += amountVnd
      }
      if (!undecided) return check(group)
      undecided.push(group)
      return undecided.length < ROWS_TO_TELL_ORDER ? [] : decide()
    },
    end: () => {
      const items = undecided ? decide() : []
      checkEnds()
      const rest = held.flatMap(itemsOf)
      const { opening, closing, period } = said
      return [...items, ...rest, { kind: 'end', end: { position, period, openingVnd: opening, closingVnd: closing, isNewestFirst } }]
    },
  }
}

function compare(code: Contradiction, row: number, expectedVnd: bigint, saidVnd: bigint): Problem<Contradiction> | null {
  return expectedVnd === saidVnd ? null : { code, row, found: String(saidVnd - expectedVnd) }
}

/** By the days of the rows at both ends; within one day by the order in which more balances follow from each other. */
function isNewestFirstOf(groups: readonly Group[]): boolean {
  const dayOf = (group: Group | undefined): StatementLine['postedOn'] => group?.lines[0]?.postedOn ?? ''
  const [first, last] = [dayOf(groups[0]), dayOf(groups.at(-1))]
  if (first !== last) return first > last
  let forwards = 0
  let backwards = 0
  for (const [index, group] of groups.entries()) {
    const before = groups[index - 1]
    if (!before || before.balanceVnd === null || group.balanceVnd === null) continue
    if (before.balanceVnd + group.sumVnd === group.balanceVnd) forwards += 1
    if (group.balanceVnd + before.sumVnd === before.balanceVnd) backwards += 1
  }
  return backwards > forwards
}
