import type { NeedSums } from '../communes/model'
import type { Day } from '../time/day'
import type { FigureError, FigureField, Priority } from './schema'

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

export type NeedState = 'reported' | 'checked' | 'published' | 'refused' | 'merged'

/** The figures of a report. */
export interface NeedFigures {
  children: number
  /** In the category's unit. */
  quantity: number
  /** Estimated cost of the whole quantity. */
  amountVnd: bigint
  priority: Priority
  /** For the fund alone. */
  note: string
}

/** What taking a row of a sheet in would do. `beside`: what it names was checked already, so an editor merges it. */
export type RowVerdict = 'new' | 'same' | 'changed' | 'beside' | 'wrong'
export interface RowProblem {
  field: FigureField | 'commune' | 'category'
  error: FigureError | 'not_yours' | 'twice'
}

/** A row of a staged sheet. */
export interface ImportRow {
  /** Its number in the sheet. */
  row: number
  verdict: RowVerdict
  problems: RowProblem[]
  commune: string
  categoryName: string
  /** The figures as they were written. */
  written: Partial<Record<FigureField, string>>
  was: NeedFigures | null
  becomes: NeedFigures | null
}

/** A staged sheet, and what taking it in would do. */
export interface ImportPreview {
  importId: number
  programmeSlug: string
  fundId: number
  schoolYear: number
  fileName: string
  state: 'staged' | 'accepted' | 'discarded'
  stagedBy: string
  stagedAt: Date
  /** Stands for what is shown: given back when it is taken in. */
  shown: string
  counts: Record<RowVerdict, number>
  rows: ImportRow[]
}

/** What communes report in one category: asked = covered + in campaigns + uncovered, unless more is met than asked. */
export interface MatrixCell {
  needId: number
  /** Reports that count. More than one wait to be merged. */
  reports: number
  /** Of them, those that no editor has decided on. */
  waiting: number
  children: number
  quantity: number
  reportedVnd: bigint
  coveredVnd: bigint
  inCampaignVnd: bigint
  uncoveredVnd: bigint
}

/** A programme's communes and categories in a school year. */
export interface NeedMatrix {
  schoolYear: number
  categories: { key: string; name: string; unit: string; sum: MatrixSums }[]
  communes: { unitId: number; name: string; cells: Record<string, MatrixCell>; sum: MatrixSums }[]
  sum: MatrixSums
}
export type MatrixSums = Pick<MatrixCell, 'reportedVnd' | 'coveredVnd' | 'inCampaignVnd' | 'uncoveredVnd'>

/** A need in a list of the console. */
export interface NeedItem extends NeedFigures {
  needId: number
  state: NeedState
  version: number
  commune: string
  unitId: number
  categoryKey: string
  category: string
  unit: string
  schoolYear: number
  reportedOn: Day
}

/** A step of a need, as its page tells it. */
export interface NeedStepView {
  key: string
  kind: 'reported' | 'revised' | 'checked' | 'published' | 'refused' | 'merged' | 'took_over' | 'covered' | 'uncovered' | 'paper'
  by: string
  reason: string | null
  before: Record<string, string | number | null> | null
  after: Record<string, string | number | null> | null
  happenedAt: Date
}

/** The page of a need in the console. */
export interface NeedDesk extends NeedItem {
  fundId: number
  programmeSlug: string
  /** One unit is one child: no campaign may ask for it. */
  isPerChild: boolean
  mergedIntoId: number | null
  coverages: { id: number; source: string; name: string; quantity: number; amountVnd: bigint }[]
  papers: { id: string; type: string; addedBy: string; addedAt: Date }[]
  steps: NeedStepView[]
  doubles: NeedItem[]
  campaigns: { campaignId: number; slug: string; title: string; state: string; goalVnd: bigint }[]
  uncoveredVnd: bigint
}

/** A yearly call for reports. */
export interface NeedRound {
  roundId: number
  programmeSlug: string
  schoolYear: number
  dueOn: Day
  communes: { unitId: number; name: string; answer: 'reported' | 'nothing' | null }[]
}

/** A programme that reports are made for. */
export interface ProgrammeChoice {
  id: number
  slug: string
  title: string
}
