/** A priced item of a campaign, as far as amounts need it. */
export interface PricedItem {
  position: number
  unitPriceVnd: bigint
  quantity: number
}

/** An amount with what it buys, so that a donor chooses a thing and not a number. */
export type Suggestion =
  /** So many units of one item. */
  | { kind: 'units'; amountVnd: bigint; position: number; count: number }
  /** One unit of every item, so many times. */
  | { kind: 'sets'; amountVnd: bigint; count: number }
  /** A part of one unit that is too dear for one person: one of so many. Rounded up to a thousand đồng. */
  | { kind: 'part'; amountVnd: bigint; position: number; of: number }
  /** All that the campaign still misses. */
  | { kind: 'rest'; amountVnd: bigint }

const LEAST_VND = 10_000n
const MOST_VND = 100_000_000_000n
/** What people give to a call like this, from a school child's to a company's: one suggestion near each. */
const ANCHORS_VND = [100_000, 300_000, 1_000_000, 5_000_000] as const
const COUNTS = [1, 2, 3, 5, 10, 20, 30, 50, 100] as const
const PARTS = [100, 50, 20, 10, 5, 2] as const
/** Above this a unit is offered in parts. */
const DEAR_VND = 1_000_000n
/** A set is offered where the items belong together, one of each for one child. */
const MOST_ITEMS_OF_A_SET = 4
const REST_UP_TO_VND = 20_000_000n
/** How much further off a thing may lie for not being on offer already. */
const SAMENESS = 0.35

/**
 * Amounts that mean something, from the unit prices of one campaign.
 * @param missingVnd what the campaign still misses; nothing above it is offered, unless that leaves nothing
 * @returns at most four and the rest, ascending, distinct, each at least 10.000 ₫
 */
export function meaningfulAmounts(items: readonly PricedItem[], missingVnd: bigint): Suggestion[] {
  const all = candidates(items).filter(({ amountVnd }) => amountVnd >= LEAST_VND && amountVnd <= MOST_VND)
  const within = all.filter(({ amountVnd }) => amountVnd <= missingVnd)
  const pool = within.length > 0 ? within : all.toSorted(byAmount).slice(0, 1)
  const chosen: Suggestion[] = []
  for (const anchor of ANCHORS_VND) {
    const left = pool.filter(({ amountVnd }) => chosen.every((one) => one.amountVnd !== amountVnd))
    const far = (one: Suggestion) => distance(one, anchor) + chosen.filter((other) => isSameThing(one, other)).length * SAMENESS
    const nearest = left.toSorted((a, b) => far(a) - far(b) || byAmount(a, b))[0]
    if (nearest) chosen.push(nearest)
  }
  if (missingVnd >= LEAST_VND && missingVnd <= REST_UP_TO_VND && chosen.every(({ amountVnd }) => amountVnd !== missingVnd)) {
    chosen.push({ kind: 'rest', amountVnd: missingVnd })
  }
  return chosen.toSorted(byAmount)
}

function candidates(items: readonly PricedItem[]): Suggestion[] {
  const units = items.flatMap(({ position, unitPriceVnd, quantity }) =>
    COUNTS.filter((count) => count <= quantity).map((count): Suggestion => ({
      kind: 'units',
      amountVnd: unitPriceVnd * BigInt(count),
      position,
      count,
    })),
  )
  const dear = items.filter(({ unitPriceVnd }) => unitPriceVnd > DEAR_VND)
  const parts = dear.flatMap(({ position, unitPriceVnd }) =>
    PARTS.map((of): Suggestion => ({ kind: 'part', amountVnd: roundedUp(unitPriceVnd, BigInt(of)), position, of })),
  )
  return [...units, ...sets(items), ...parts]
}

/** Items belong together where each child gets one of each, that is where they are asked for in equal numbers. */
function sets(items: readonly PricedItem[]): Suggestion[] {
  const [first] = items
  if (!first || items.length < 2 || items.length > MOST_ITEMS_OF_A_SET) return []
  if (items.some(({ quantity }) => quantity !== first.quantity)) return []
  const priceVnd = items.reduce((sum, { unitPriceVnd }) => sum + unitPriceVnd, 0n)
  return COUNTS.filter((count) => count <= first.quantity).map((count): Suggestion => ({
    kind: 'sets',
    amountVnd: priceVnd * BigInt(count),
    count,
  }))
}

const isSameThing = (a: Suggestion, b: Suggestion): boolean => 'position' in a && 'position' in b && a.position === b.position

const byAmount = (a: Suggestion, b: Suggestion): number => (a.amountVnd < b.amountVnd ? -1 : a.amountVnd > b.amountVnd ? 1 : 0)

/** A part of a price, up to the next thousand đồng. */
const roundedUp = (priceVnd: bigint, of: bigint): bigint => ((priceVnd + of * 1000n - 1n) / (of * 1000n)) * 1000n

/** How far apart two amounts feel. What is easy to picture may lie further off: one of a thing, one set, round counts. */
function distance(suggestion: Suggestion, anchorVnd: number): number {
  const apart = Math.abs(Math.log(Number(suggestion.amountVnd) / anchorVnd))
  if (suggestion.kind === 'part' || suggestion.kind === 'rest') return apart
  const ease = suggestion.count === 1 ? 0.5 : [5, 10, 20].includes(suggestion.count) ? 0.3 : 0
  return apart - ease - (suggestion.kind === 'sets' ? 0.2 : 0)
}
