/** What became of a sum of money: the three add up to what was received. */
export interface Flow {
  receivedVnd: bigint
  /** In the hands of children. */
  deliveredVnd: bigint
  /** Paid for, and not handed over yet. */
  spentVnd: bigint
  /** Not spent yet. */
  waitingVnd: bigint
}

/** Orders flows: what received most comes first. Of what received the same, the order stays. */
export const byReceived = (a: Flow, b: Flow): number => (a.receivedVnd > b.receivedVnd ? -1 : a.receivedVnd < b.receivedVnd ? 1 : 0)

/** Sums flows. */
export function sumOfWays(flows: readonly Flow[]): Flow {
  const sum = (part: keyof Flow) => flows.reduce((total, flow) => total + flow[part], 0n)
  return { receivedVnd: sum('receivedVnd'), deliveredVnd: sum('deliveredVnd'), spentVnd: sum('spentVnd'), waitingVnd: sum('waitingVnd') }
}

/** One way of the money: from a fund to a kind of need in a commune. */
export interface Way extends Flow {
  fund: string
  fundSlug: string
  category: string
  categoryKey: string
  commune: string
  communeSlug: string
}

/** A way as marks of its sums end: fund, kind of need and commune, by their short names. */
export const wayKey = ({ fundSlug, categoryKey, communeSlug }: Way): string => `${fundSlug} ${categoryKey} ${communeSlug}`

/** The river of money of one year, by the year in which its campaigns were opened. */
export interface River {
  year: number
  /** Years that have money, the newest first. */
  years: number[]
  /** The largest first. */
  ways: Way[]
  sum: Flow
  /** Median days from the day a gift came to the day what it paid for was handed over; null while there is too little to tell. */
  wait: { medianDays: number; handovers: number } | null
}
