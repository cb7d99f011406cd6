import type { NeedSums } from '../communes/model'

/** What the communes ask for in one category, as far as it may be shown. */
export interface NeedTotal {
  /** Children of the needs that are counted here. */
  children: number
  quantity: number
  sums: NeedSums
}

/** A need category in the list of all. */
export interface CategoryRow {
  key: string
  name: string
  about: string
  /** What one of it is, said after a number: "áo khoác", "coats". */
  unit: string
  /** One unit is one child: shown only at the level of a fund. */
  isPerChild: boolean
  /** Null where nothing is asked, or where it is not shown. */
  total: NeedTotal | null
  openCampaigns: number
}

/** One commune's need of one category. `total` is null where fewer than five children are meant. */
export interface CommuneShare {
  slug: string
  name: string
  total: NeedTotal | null
}

/** What communes need, as a table of communes and categories; only what may be shown by commune. */
export interface NeedTable {
  schoolYear: number | null
  categories: CategoryRow[]
  communes: { slug: string; name: string; cells: Record<string, CommuneShare> }[]
}

/** A fund's part in a category. `total` is null where fewer than five children are meant, or nothing is asked. */
export interface FundShare {
  slug: string
  name: string
  /** Who leads this kind of help in the fund's plan. */
  leadAgency: string | null
  total: NeedTotal | null
  /** Fewer than five children: the number is not said. */
  isTooFew: boolean
}

/** The page of a need category. */
export interface CategoryView extends CategoryRow {
  standard: string
  schoolYear: number | null
  funds: FundShare[]
  /** Most missing first; empty where a unit is a child. */
  communes: CommuneShare[]
}
