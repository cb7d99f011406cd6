import type { MapGeometry } from './map'

export type { DrawnMap } from './map'

/** Money of a need, or of several: asked = covered elsewhere + received + missing. */
export interface NeedSums {
  /** The whole estimated cost. */
  askedVnd: bigint
  /** What other sources already meet. */
  coveredVnd: bigint
  /** What gifts to its campaigns meet; what came above the need is not counted here. */
  receivedVnd: bigint
  missingVnd: bigint
}

export const NO_SUMS: NeedSums = { askedVnd: 0n, coveredVnd: 0n, receivedVnd: 0n, missingVnd: 0n }

/** What is asked, met and missing for one need. Neither other sources nor gifts count beyond the need itself. */
export function needSums(askedVnd: bigint, coveredVnd: bigint, giftsVnd: bigint): NeedSums {
  const covered = least(coveredVnd, askedVnd)
  const received = least(giftsVnd, askedVnd - covered)
  return { askedVnd, coveredVnd: covered, receivedVnd: received, missingVnd: askedVnd - covered - received }
}

export const addSums = (a: NeedSums, b: NeedSums): NeedSums => ({
  askedVnd: a.askedVnd + b.askedVnd,
  coveredVnd: a.coveredVnd + b.coveredVnd,
  receivedVnd: a.receivedVnd + b.receivedVnd,
  missingVnd: a.missingVnd + b.missingVnd,
})

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** Most in need first; of equals, in the order of their addresses, which is the same in every language. */
export const byNeed = (a: { missingVnd: bigint; slug: string }, b: { missingVnd: bigint; slug: string }): number =>
  a.missingVnd === b.missingVnd ? (a.slug < b.slug ? -1 : 1) : a.missingVnd > b.missingVnd ? -1 : 1

/** Tens of round numbers that read well in a legend. */
const ROUND = [10n, 12n, 15n, 20n, 25n, 30n, 35n, 40n, 45n, 50n, 60n, 70n, 80n, 90n]
/** Used where next to nothing is missing anywhere. */
const PLAIN_STEPS = [1_000_000n, 5_000_000n, 20_000_000n, 50_000_000n] as const

/**
 * Where the map's six weaves change: four sums, ascending, so that each weave is worn by about as many communes.
 * @param missing what is missing in each commune; those that miss nothing have a weave of their own
 */
export function needSteps(missing: readonly bigint[]): readonly bigint[] {
  const sums = missing.filter((vnd) => vnd > 0n).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const steps = [1, 2, 3, 4].map((fifth) => rounded(sums[Math.floor((sums.length * fifth) / 5)] ?? 0n))
  return steps.every((step, index) => step >= MILLION && step > (steps[index - 1] ?? 0n)) ? steps : PLAIN_STEPS
}

const MILLION = 1_000_000n

/** The nearest round number at or below. */
function rounded(value: bigint): bigint {
  const tenth = 10n ** BigInt(Math.max(0, String(value).length - 2))
  const tens = ROUND.findLast((one) => one * tenth <= value) ?? 0n
  return tens * tenth
}

/** Which of the six weaves, 0 (nothing missing) to 5, a sum is drawn with. */
export const needLevel = (missingVnd: bigint, steps: readonly bigint[]): number =>
  missingVnd <= 0n ? 0 : 1 + steps.filter((step) => missingVnd >= step).length

/** A commune in the list of all. */
export interface CommuneRow extends NeedSums {
  slug: string
  /** "Ba Vì". */
  name: string
  /** "Xã Ba Vì". */
  fullName: string
  seed: string
  province: string
  fund: { slug: string; name: string }
  /** Bare names until 30 June 2025; `isPartial` where only a part of it came here. */
  former: { name: string; isPartial: boolean }[]
  /** Named by a plan as one to be helped first. */
  isPriority: boolean
  /** Place in the order of need, from 1. */
  rank: number
  boundary: MapGeometry | null
}

/** One category of need in one commune. */
export interface CommuneNeed {
  category: string
  categoryName: string
  unit: string
  /** Null where there are fewer than five; then `sums` is null too. */
  children: number | null
  quantity: number | null
  sums: NeedSums | null
  coveredBy: string[]
  reportedOn: string
  checkedOn: string | null
}

/** A campaign of a commune, as a line. */
export interface CommuneCampaign {
  slug: string
  title: string
  category: string
  state: 'open' | 'funded' | 'delivering' | 'complete' | 'closed'
  /** Whether it takes new gifts. */
  takesGifts: boolean
  goalVnd: bigint
  receivedVnd: bigint
  neededBy: string
}

/** A unit another one became, or was. */
export interface RelatedUnit {
  slug: string
  fullName: string
  district: string | null
  areaClass: 'I' | 'II' | 'III' | null
  isPriority: boolean
  clause: string
  isPartial: boolean
}

interface UnitFacts {
  slug: string
  name: string
  fullName: string
  seed: string
  code: string
  province: string
  district: string | null
  areaClass: 'I' | 'II' | 'III' | null
  areaKm2: number | null
  isPriority: boolean
}

/** A commune of today. */
export interface CommuneView extends UnitFacts {
  kind: 'today'
  schoolYear: number | null
  former: RelatedUnit[]
  needs: CommuneNeed[]
  /** Of the needs whose sums are shown. */
  sums: NeedSums
  campaigns: CommuneCampaign[]
  fund: { slug: string; name: string } | null
}

/** A commune of before 1 July 2025. */
export interface FormerCommuneView extends UnitFacts {
  kind: 'former'
  validTo: string
  successors: RelatedUnit[]
}
