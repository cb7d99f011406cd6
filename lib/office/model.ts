import type { Day } from '../time/day'

/** What is handed in at an office beside goods. */
export const OFFICE_KINDS = ['cash', 'cheque'] as const
export type OfficeKind = (typeof OFFICE_KINDS)[number]

/** Why a bank did not pay a cheque; `handed_back`: its giver got it back before it was brought to a bank. */
export const CHEQUE_RETURNS = ['no_money', 'not_valid', 'stopped', 'handed_back'] as const
export type ChequeReturn = (typeof CHEQUE_RETURNS)[number]
export const isChequeReturn = (text: string): text is ChequeReturn => CHEQUE_RETURNS.some((known) => known === text)

/** Why a gift of cash was written down wrongly. */
export const REVERSAL_REASONS = ['wrong_amount', 'wrong_place', 'wrong_giver', 'written_twice', 'not_received'] as const
export type ReversalReason = (typeof REVERSAL_REASONS)[number]
export const isReversalReason = (text: string): text is ReversalReason => REVERSAL_REASONS.some((known) => known === text)

/**
 * Where a receipt stands: `booked` cash is the fund's; a cheque `waits` until a bank's line is placed on its gift, is
 * `cleared` then, or `returned`. `asked`: somebody asks to take the cash back. `reversed`: two people did. `recalled`: the
 * bank takes back what it paid, and two people are about to say so; `called_back`: they did, and its line is matched.
 */
export type ReceiptState = 'booked' | 'asked' | 'reversed' | 'waits' | 'cleared' | 'returned' | 'recalled' | 'called_back'

/** A receipt in a list. */
export interface ReceiptRow {
  id: string
  kind: OfficeKind
  number: string
  /** Payment code of the gift. */
  code: string
  state: ReceiptState
  amountVnd: bigint
  receivedOn: Day
  /** As it was written down; null where there is none, or it was erased. Private where it is not shown. */
  giver: string | null
  /** Null: the general pot. */
  campaign: string | null
  cheque: { number: string; bank: string } | null
}

/** A receipt as it is printed, and what became of it. */
export interface ReceiptView extends ReceiptRow {
  isNamed: boolean
  isCompany: boolean
  taxCode: string | null
  /** Of the office, erased with the donor. */
  note: string | null
  fund: { name: string; place: string }
  commune: string | null
  issuedBy: string
  issuedAt: Date
  reversal: { id: string; reason: ReversalReason; askedBy: string; askedAt: Date; decidedBy: string | null; isRejected: boolean } | null
  returned: { reason: ChequeReturn; by: string; at: Date } | null
  /** That the bank takes back what it paid for a cheque: who asked and who approved; null where it does not. */
  recall: { askedBy: string; askedAt: Date; decidedBy: string | null } | null
}

/** A request to take cash back, which waits for a second person. */
export interface ReversalRow {
  id: string
  receiptId: string
  number: string
  amountVnd: bigint
  reason: ReversalReason
  askedBy: string
  askedAt: Date
}

/** Cash that was carried to the bank. */
export interface DepositRow {
  id: string
  account: string
  amountVnd: bigint
  takenOn: Day
  slip: string | null
  takenBy: string
  state: 'waits' | 'banked' | 'withdrawn'
}

/** What the books say is in the cash box. */
export interface CashBox {
  balanceVnd: bigint
  /** Of it, what was carried to the bank and stands on no line of it yet. */
  carriedVnd: bigint
}

/** Where a gift at the office may go: an open campaign of the fund. */
export interface TakingCampaign {
  slug: string
  title: string
  commune: string
}
