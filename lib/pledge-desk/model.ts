import type { GiftMethod, GiftState } from '../pledges/model'

/** What a letter to a donor is about. */
export const LETTER_KINDS = ['reminder', 'name', 'free'] as const
export type LetterKind = (typeof LETTER_KINDS)[number]
export const isLetterKind = (text: string): text is LetterKind => LETTER_KINDS.some((known) => known === text)

export const PLEDGE_STATES = ['open', 'expired', 'received', 'cancelled'] as const satisfies readonly GiftState[]
export const isPledgeState = (text: string): text is (typeof PLEDGE_STATES)[number] => PLEDGE_STATES.some((known) => known === text)

/** What staff look for. What is empty does not count. */
export interface PledgeFilter {
  /** A code, a sum, an e-mail address or a phone number where it has the shape of one, else words of the name. */
  text: string
  state: GiftState | null
  /** Slug of a campaign. */
  campaign: string | null
}

/** A promise or gift in a list. */
export interface PledgeRow {
  id: string
  code: string
  state: GiftState
  method: GiftMethod | 'goods'
  /** Null where goods, or another currency, are promised. */
  amountVnd: bigint | null
  /** As it was typed, shown or not. Private. */
  name: string | null
  isNamed: boolean
  /** Null: the general pot. */
  campaign: string | null
  createdAt: Date
  expiresAt: Date
}

/** A letter that was written to a donor. */
export interface LetterRow {
  id: string
  kind: LetterKind
  words: string | null
  by: string
  at: Date
  isSent: boolean
}

/** A promise or gift with what staff may see of who made it. */
export interface PledgeDetail extends PledgeRow {
  /** How it stands, for whoever changes it: what somebody changed meanwhile is not overruled unseen. */
  seen: string
  review: 'shown' | 'waiting' | 'refused' | null
  isCompany: boolean
  /** Null for who may not write to donors. */
  contact: { email: string | null; phone: string | null } | null
  hasEmail: boolean
  letters: LetterRow[]
}

/** How a pledge stands, in one word (`PledgeDetail.seen`). */
export const pledgeMark = (of: { state: string; expiresAt: Date; isNamed: boolean; commitment: string | null }): string =>
  [of.state, of.expiresAt.getTime(), of.isNamed ? 'named' : 'nameless', (of.commitment ?? '-').slice(0, 16)].join('.')

/** A name or message that waits for a person before it shows. Private. */
export interface WaitingText {
  code: string
  field: 'name' | 'message'
  text: string
  isCompany: boolean
  /** By which whoever decides says what they looked at. */
  seen: string
}
