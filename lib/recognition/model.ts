import type { Day } from '../time/day'

export type GiverKind = 'person' | 'company'

/** In sums by year: all of them. */
export const ALL_YEARS = 0
/** In sums by scope: everything. */
export const EVERYTHING = ''

/** The scopes in which a gift counts: everything, its fund, and the commune and kind of need of its campaign. */
export const scopesOf = (gift: { fundId: number; unitId: number | null; category: string | null }): string[] => [
  EVERYTHING,
  fundScope(gift.fundId),
  ...(gift.unitId === null ? [] : [communeScope(gift.unitId)]),
  ...(gift.category === null ? [] : [categoryScope(gift.category)]),
]

export const fundScope = (id: number): string => `quy:${id}`
export const communeScope = (id: number): string => `xa:${id}`
export const categoryScope = (key: string): string => `loai:${key}`

/** What a list of givers is called: of a scope, a year and a kind. */
export const listName = ({ scope, year, kind }: { scope: string; year: number; kind: GiverKind }): string => `${scope} ${year} ${kind}`

/** A heading under which givers stand from a sum on. */
export interface Tier {
  name: string
  fromVnd: bigint
}

/** A giver who is thanked by name. */
export interface GiverRow {
  /** Names the row, and where a list goes on after it. */
  key: string
  name: string
  amountVnd: bigint
  gifts: number
  /** Payment code, where it is one gift. */
  code: string | null
  /** Of an organisation; null where none was released. */
  logo: { path: string; width: number; height: number } | null
}

export interface Sum {
  amountVnd: bigint
  gifts: number
}

/** All that was given in a scope and a year; the three add up to what the funds received and did not give back. */
export type Sums = Record<GiverKind | 'nameless', Sum>

/** Somebody who is thanked for goods or a service. */
export interface GoodsThanks {
  key: string
  name: string
  /** The newest day on which something came. */
  receivedOn: Day
  code: string
  items: { key: string; units: bigint; unit: string; item: string }[]
}

/** One stretch of a list. */
export interface Stretch<Row> {
  rows: Row[]
  /** Where the next stretch begins; null at the end. */
  next: string | null
}

/** What the page of thanks shows. */
export interface RecognitionView {
  sums: Sums
  years: number[]
  tiers: Record<GiverKind, Tier[]>
  companies: Stretch<GiverRow> | null
  persons: Stretch<GiverRow> | null
  goods: Stretch<GoodsThanks> | null
}

/** An organisation that a fund thanks by name. */
export interface Organisation {
  key: string
  name: string
}

/** A logo as the fund's people see it. */
export interface DeskLogo {
  key: string
  /** Null where the organisation is not thanked by name any more. */
  organisation: string | null
  width: number
  height: number
  /** Id of who added it, and so can't release it. */
  addedBy: string
  /** Whether its bytes are there. */
  hasFile: boolean
  state: 'waiting' | 'shown' | 'withdrawn'
}
