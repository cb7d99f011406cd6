/** Kinds of public facts. A kind that brings money, or goods, lays an interval on its line. */
export const EVENT_KINDS = [
  'donation',
  'refund_requested',
  'refund_withdrawn',
  'refund',
  'refund_failed',
  'dispute_opened',
  'dispute_won',
  'dispute_lost',
  'reserve_used',
  'goods_received',
  'transfer_out',
  'transfer_in',
  'spend_requested',
  'spend_approved',
  'spend_rejected',
  'spend_paid',
  'spend_refunded',
  'spend_settled',
  'spend_cancelled',
  'delivery',
  'campaign_state',
  'receiving_account_changed',
  'name_shown',
  'name_hidden',
  'erasure',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export const isEventKind = (kind: string): kind is EventKind => EVENT_KINDS.some((known) => known === kind)
