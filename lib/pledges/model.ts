export type { Suggestion } from '../campaigns/amounts'
import type { ForeignCurrency } from '../money/currency'
import type { Day } from '../time/day'
import type { FormError, GiftDraft, GiftField } from './schema'

export type FormErrors = Partial<Record<GiftField, FormError>>

/** A form that comes back: what was typed, and what is wrong with it. */
export interface ReturnedForm {
  draft: GiftDraft
  errors: FormErrors
}

/** Where a pledge stands. An open one past its time is expired, until money comes. */
export type GiftState = 'open' | 'expired' | 'received' | 'cancelled'

/** Money that a pledge promises: đồng, or another currency charged to a card, whose đồng are known when it is paid. */
export type PledgedMoney = { kind: 'vnd'; amountVnd: bigint } | { kind: 'foreign'; currency: ForeignCurrency; amountMinor: bigint }

/** How a donor means to pay. A pledge by card may be paid by bank transfer all the same. */
export type PayMethod = 'bank_transfer' | 'card'

/** How a gift of money was given: as its donor means to pay it, or by hand at the fund's office. */
export type GiftMethod = PayMethod | 'cash' | 'cheque'

/** Whether it was handed in at an office: then there is nothing to pay, and nothing for its donor to change but the name. */
export const isOfOffice = (method: GiftMethod | 'goods'): boolean => method === 'cash' || method === 'cheque'

/** Where a pledge's page at the card company stands; null where none was opened. */
export type CardState = 'opening' | 'open' | 'processing' | 'paid' | 'failed' | 'expired'

/** An account to which a donor pays. */
export interface PayeeAccount {
  bin: string
  bankName: string
  accountNumber: string
  accountName: string
}

/** Money that arrived with a code. Each transfer, and each payment by card, is a gift of its own. */
export interface ArrivedGift {
  donationId: bigint
  /** Its entry in the public log, from 0, which numbers its receipt; null for the moment until it has its place. */
  entry: bigint | null
  amountVnd: bigint
  /** What of it went back to its donor, by a refund or a lost dispute. */
  returnedVnd: bigint
  /** What of it waits for the end of a refund or a dispute. */
  heldVnd: bigint
  via: 'bank' | 'card' | 'cash'
  /** Whether a statement of the bank has its line; of what came by no bank, true. */
  isStated: boolean
  /** What the card was charged, where that was another currency, and the đồng for one of its smallest units. */
  charged: { currency: ForeignCurrency; amountMinor: bigint; rate: string } | null
  receivedAt: Date
  /**
   * The campaign's own pot; the fund's pot for what came after the campaign closed; the general pot, where it was given to
   * that; or waiting to be sent back.
   */
  line: 'campaign' | 'other' | 'general' | 'to_return'
  /** Its numbered đồng [start, end) on that line; null for the moment until it has its place in the public order. */
  interval: { startVnd: bigint; endVnd: bigint } | null
}

/** What happened to a gift after it arrived. */
export interface GiftChange {
  kind:
    | 'refund_requested'
    | 'refund_withdrawn'
    | 'refund'
    | 'refund_failed'
    | 'dispute_opened'
    | 'dispute_won'
    | 'dispute_lost'
    /** A cheque that its bank takes back, and took back, after it was paid. */
    | 'cheque_recalled'
    | 'cheque_returned'
  amountVnd: bigint
  at: Date
}

/** The parts of what came with a code; they add up to it. */
export interface GiftSums {
  totalVnd: bigint
  /** Went back to the donor. */
  returnedVnd: bigint
  /** Waits for the end of a refund or a dispute. */
  heldVnd: bigint
  /** With the fund, for the children. */
  standingVnd: bigint
}

/** Adds up what came with a code, by what became of it. */
export function sumGifts(gifts: readonly Pick<ArrivedGift, 'amountVnd' | 'returnedVnd' | 'heldVnd'>[]): GiftSums {
  const sum = (part: 'amountVnd' | 'returnedVnd' | 'heldVnd') => gifts.reduce((total, gift) => total + gift[part], 0n)
  const [totalVnd, returnedVnd, heldVnd] = [sum('amountVnd'), sum('returnedVnd'), sum('heldVnd')]
  return { totalVnd, returnedVnd, heldVnd, standingVnd: totalVnd - returnedVnd - heldVnd }
}

/** What everybody may see of a gift. */
export interface GiftView {
  code: string
  state: GiftState
  method: GiftMethod
  pledged: PledgedMoney
  card: CardState | null
  createdAt: Date
  expiresAt: Date
  isCompany: boolean
  isNamed: boolean
  /** Links to its page show a picture of it. */
  isPictured: boolean
  /** The chosen name once it may be shown, else "a kind donor". */
  publicName: string
  /** The name waits for staff of the fund to look at it. */
  isNameWaiting: boolean
  /** Null unless it may be shown. */
  message: string | null
  /** The message waits for staff of the fund to look at it. */
  isMessageWaiting: boolean
  /** Name and message were erased at the donor's wish, and nothing was given in their place. */
  isErased: boolean
  /** Null: the fund's general pot. */
  campaign: {
    slug: string
    title: string
    state: string
    category: string
    categoryName: string
    neededBy: string
    goalVnd: bigint
    receivedVnd: bigint
    overflow: string
    isEmergency: boolean
  } | null
  /** Null where it is for the general pot. */
  commune: { slug: string; fullName: string } | null
  /** Of the cloth that its page carries: the commune's, or the fund's own. */
  seed: string
  fund: { slug: string; name: string }
  /** The receipt of an office; null for what was not handed in. */
  receipt: { number: string; receivedOn: Day; isReturned: boolean } | null
  /** Where to pay; null where the fund has no account in effect. */
  account: PayeeAccount | null
  gifts: ArrivedGift[]
  /** Refunds and disputes, oldest first. */
  changes: GiftChange[]
}

/** Whether a card has agreed to pay and the money is on its way: nothing more should be paid meanwhile. */
export const isBeingPaid = ({ state, card }: Pick<GiftView, 'state' | 'card'>): boolean =>
  (state === 'open' || state === 'expired') && (card === 'processing' || card === 'paid')

/** What only its donor may see and change. */
export interface OwnGift {
  method: GiftMethod
  pledged: PledgedMoney
  donorKind: 'person' | 'company'
  name: string
  isNamed: boolean
  message: string
  taxCode: string | null
  email: string | null
  /** Name and message stay: something came for it once and was taken back, so that it waits again. */
  isNameKept: boolean
}

/** A campaign that one may give to, or why not. */
export interface GiveView {
  slug: string
  title: string
  state: 'open' | 'paused' | 'funded' | 'delivering' | 'complete' | 'closed'
  category: string
  categoryName: string
  children: number
  goalVnd: bigint
  receivedVnd: bigint
  missingVnd: bigint
  neededBy: string
  overflow: string
  commune: { slug: string; fullName: string; seed: string }
  fund: { slug: string; name: string }
  /** Taken to the end of `neededBy`; what comes later is sent back. */
  isEmergency: boolean
  hasAccount: boolean
  items: { position: number; item: string; unit: string; unitPriceVnd: bigint; quantity: number }[]
}

/** An open campaign in the list of those one may choose from. */
export interface OpenCampaign {
  slug: string
  title: string
  category: string
  categoryName: string
  communeName: string
  fundName: string
  seed: string
  children: number
  goalVnd: bigint
  receivedVnd: bigint
  missingVnd: bigint
  neededBy: string
}
