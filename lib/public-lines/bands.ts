import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import type { Met } from './meet'
import type { LineFilter, LineSort, Standing } from './model'
import { LAST_ID, lookThroughParts, type LookedThrough, type PartLimits, type Parts } from './parts'
import { inBands, type Wanted } from './wanted'

/** Sums that have as many digits and begin with the same one. */
interface Band {
  /** Ten times the digits, and the first digit, as the index of terms has it. */
  number: number
  leastVnd: bigint
  mostVnd: bigint
}

/** As many digits as the largest sum has. */
const MOST_DIGITS = 15
/** All bands, smallest first. */
const BANDS: readonly Band[] = Array.from({ length: MOST_DIGITS * 9 }, (_, index) => {
  const [digits, first] = [Math.floor(index / 9) + 1, (index % 9) + 1]
  const unit = 10n ** BigInt(digits - 1)
  return { number: digits * 10 + first, leastVnd: BigInt(first) * unit, mostVnd: BigInt(first + 1) * unit - 1n }
})
/** Before and after every day. */
const [FIRST_DAY, LAST_DAY] = ['1900-01-01', '9999-12-31']

/** Looks for what is sparse in the order of sums: one band, then twice as many, until there is enough. */
export async function lookThroughBands(
  tx: Transaction,
  wanted: Wanted,
  stretch: { sort: LineSort; size: number; limits: PartLimits },
  before: Met,
): Promise<LookedThrough> {
  let bands = bandsOf(wanted.filter, stretch.sort, before.last)
  let many = 1
  return lookThroughParts(tx, wanted, stretch, before, {
    next: () => partsOf(stretch.sort, bands.slice(0, many)),
    heard: (_, isTooMuch) => {
      if (!isTooMuch) bands = bands.slice(many)
      many = isTooMuch ? Math.ceil(Math.min(many, bands.length) / 4) : many * 2
    },
  })
}

/** Bands in an order, from where a stretch begins. */
function bandsOf({ leastVnd, mostVnd }: LineFilter, sort: LineSort, after: Standing | null): Band[] {
  const from = sort === 'smallest' && after ? after.amountVnd : leastVnd
  const to = sort === 'largest' && after ? after.amountVnd : mostVnd
  const within = BANDS.filter((band) => (from === null || band.mostVnd >= from) && (to === null || band.leastVnd <= to))
  return sort === 'largest' ? within.reverse() : within
}

function partsOf(sort: LineSort, bands: readonly Band[]): Parts | null {
  const last = bands.at(-1)
  if (!last) return null
  const edges = {
    largest: { amountVnd: last.leastVnd, day: FIRST_DAY, id: 0n },
    smallest: { amountVnd: last.mostVnd, day: LAST_DAY, id: LAST_ID },
  }
  return {
    within: inBands(bands.map(({ number }) => number)),
    exactly: sql`true`,
    edge: sort === 'largest' ? edges.largest : edges.smallest,
    isOne: bands.length === 1,
  }
}
