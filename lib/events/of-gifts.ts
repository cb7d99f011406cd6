import type { EventKind } from './model'

/** What changes how much of a gift there is, where it stands, or as whose it is named: read models of gifts look at it again. */
export const CHANGES_OF_GIFTS: readonly EventKind[] = [
  'donation',
  'donation_reversed',
  'donation_restored',
  'refund',
  'refund_failed',
  'dispute_lost',
  'reserve_used',
  'name_shown',
  'name_hidden',
  'name_changed',
  'erasure',
]
