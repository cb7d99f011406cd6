import type { GiveView } from '../pledges/model'
import type { Day } from '../time/day'
import type { GoodsDraft, GoodsFormErrors } from './schema'

/** Things that can be carried, or work that is done: a clinic day, a lesson. */
export const NATURES = ['goods', 'service'] as const
export type Nature = (typeof NATURES)[number]

/** How things are that were given. A service has none of these. */
export type Condition = 'new' | 'used'

/** Why a fund does not take what was promised, or takes no more of it. The words are chosen at the edge. */
export type GoodsRefusalReason = 'below_standard' | 'not_needed' | 'cannot_handle' | 'not_reached'

/** Why a receipt of goods is taken back. Public; the words are chosen at the edge. */
export type GoodsReversalReason = 'wrong_count' | 'wrong_item' | 'wrong_giver' | 'written_twice' | 'not_received' | 'given_back'

/** Where a pledge of goods stands. Receipts alone make it `received`; an open one past its time is expired until goods come. */
export type GoodsState = 'open' | 'expired' | 'received' | 'cancelled' | 'refused'

/** A budget line, as far as a form that promises units of it needs it. */
export interface AskedLine {
  position: number
  /** Whole units that the line asks for: nobody can promise more. */
  quantity: number
}

/** A budget line that one may give units of. */
export interface OfferedLine extends AskedLine {
  item: string
  unit: string
  standard: string
  promised: bigint
  received: bigint
}

/** A campaign that one may give goods or services to. */
export interface GoodsOffer {
  give: GiveView
  lines: OfferedLine[]
}

/** A form that comes back: what was typed, and what is wrong with it. */
export interface ReturnedGoods {
  draft: GoodsDraft
  errors: GoodsFormErrors
}

/** Units of one budget line that a pledge promises, and what of them came. */
export interface PromisedLine {
  position: number
  item: string
  unit: string
  standard: string
  promised: bigint
  received: bigint
}

/** Units of one budget line that came, confirmed by staff. */
export interface ReceivedGoods {
  key: string
  /** Its entry in the public log, from 0, which numbers its receipt; null for the moment until it has its place. */
  entry: bigint | null
  /** Of its budget line. */
  position: number
  item: string
  unit: string
  units: bigint
  condition: Condition | null
  /** Their numbers [start, end) on the campaign's line of that item; null until they have their place in the public order. */
  interval: { startUnit: bigint; endUnit: bigint } | null
}

/** What came at once, and was signed for with one paper. */
export interface ReceivedVisit {
  key: string
  receivedOn: Day
  documentReference: string | null
  recordedAt: Date
  /** In the order of the budget. */
  goods: ReceivedGoods[]
}

/** Units that were written down as received, and that was taken back. */
export interface TakenBackGoods {
  key: string
  receivedOn: Day
  item: string
  unit: string
  units: bigint
  reason: GoodsReversalReason
  takenBackAt: Date
}

/** What everybody may see of a pledge of goods. */
export interface GoodsGift {
  code: string
  state: GoodsState
  nature: Nature
  createdAt: Date
  expiresAt: Date
  isCompany: boolean
  /** The chosen name once it may be shown, else "a kind donor". */
  publicName: string
  isNameWaiting: boolean
  /** Null unless it may be shown. */
  message: string | null
  isMessageWaiting: boolean
  campaign: { slug: string; title: string; state: string; categoryName: string; neededBy: Day; isEmergency: boolean }
  commune: { slug: string; fullName: string; seed: string }
  fund: { slug: string; name: string }
  /** In the order of the budget. */
  lines: PromisedLine[]
  /** What came and stands, oldest first. */
  visits: ReceivedVisit[]
  /** In the order in which it was taken back. */
  takenBack: TakenBackGoods[]
  /** Name and message were erased at the giver's wish, and nothing was given in their place. */
  isErased: boolean
  refusal: GoodsRefusalReason | null
  /** Money that came with this code: a gift of its own, apart from the goods. */
  money: { key: string; amountVnd: bigint; receivedAt: Date }[]
}

/** What only its donor may see and change. */
export interface OwnGoods {
  nature: Nature
  donorKind: 'person' | 'company'
  name: string
  isNamed: boolean
  message: string
  taxCode: string | null
  email: string | null
  phone: string | null
  note: string | null
  /** Name and message stay: something came for it once, also where it was taken back. */
  isNameKept: boolean
  items: { position: number; units: bigint }[]
}

/** What of one budget line of a campaign is covered in kind. */
export interface LineInKind {
  position: number
  item: string
  unit: string
  quantity: number
  promised: bigint
  received: bigint
}

/** One visit of a giver, as the campaign's page tells of it. */
export interface GoodsRow {
  key: string
  code: string
  name: string
  message: string | null
  receivedOn: Day
  what: { key: string; item: string; unit: string; units: bigint }[]
}

/** Goods and services of a campaign, beside its money and in none of its sums. */
export interface CampaignGoods {
  /** Lines of which something is promised or came, in the order of the budget. */
  lines: LineInKind[]
  /** Newest first. */
  latest: GoodsRow[]
  receipts: number
}

/** A promise of goods that waits at the desk. */
export interface AwaitedGoods {
  code: string
  nature: Nature
  /** As it was typed, shown or not. Private. */
  name: string | null
  /** Of all its things together. */
  units: bigint
  expiresAt: Date
  isLate: boolean
  campaign: string
}

/** Why goods are refused, in the order of the form. */
export const GOODS_REFUSALS = [
  'below_standard',
  'not_needed',
  'cannot_handle',
  'not_reached',
] as const satisfies readonly GoodsRefusalReason[]
/** Why a receipt is taken back, in the order of the form. */
export const GOODS_REVERSALS = [
  'wrong_count',
  'wrong_item',
  'wrong_giver',
  'written_twice',
  'not_received',
  'given_back',
] as const satisfies readonly GoodsReversalReason[]
export const isGoodsReversal = (text: string): text is GoodsReversalReason => GOODS_REVERSALS.some((known) => known === text)
export const isGoodsRefusal = (text: string): text is GoodsRefusalReason => GOODS_REFUSALS.some((known) => known === text)
