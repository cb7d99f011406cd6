import { isEventKind, type EventKind } from '../events/model'

/**
 * What of each kind of event goes into the log besides what all have. A fact that is not named here stays out: what is in
 * the log can't be taken back. Words that people write (reasons, names of places) are named nowhere.
 * What each means stands in docs/leaves.md.
 */
export const PUBLIC_FACTS: Record<EventKind, readonly string[]> = {
  donation: ['via', 'account', 'receipt', 'charged', 'replaces', 'code', 'nameCommitment', 'messageCommitment'],
  donation_reversed: ['nature', 'stretches'],
  donation_restored: ['nature'],
  interest: ['via', 'account', 'replaces'],
  refund_requested: ['because', 'heldVnd', 'stretches'],
  refund_withdrawn: [],
  refund: ['refund', 'because', 'stretches'],
  refund_failed: ['failed', 'handsBack'],
  dispute_opened: ['dispute', 'round', 'heldVnd', 'stretches'],
  dispute_won: ['dispute', 'round'],
  dispute_lost: ['dispute', 'round', 'stretches'],
  reserve_used: ['refund', 'because', 'dispute', 'round', 'stretches', 'coversVnd', 'owedByFundVnd', 'standsInFor'],
  goods_received: ['campaign', 'item', 'unit', 'nature', 'condition', 'code', 'nameCommitment', 'messageCommitment'],
  goods_reversed: ['because', 'stretches', 'code'],
  transfer_out: ['to', 'stretches'],
  transfer_in: ['from'],
  spend_requested: ['spend', 'items'],
  spend_approved: ['spend', 'replaces'],
  spend_rejected: ['spend'],
  spend_paid: ['spend', 'fromVnd', 'stretches', 'advance'],
  spend_refunded: ['spend', 'fromVnd', 'toVnd'],
  spend_settled: ['spend', 'paidVnd'],
  spend_cancelled: ['spend', 'replacedBy'],
  advance_given: ['spend', 'advance', 'dueOn'],
  advance_returned: ['spend', 'advance'],
  advance_corrected: ['spend', 'advance', 'corrects'],
  budget_changed: ['campaign', 'line', 'quantity'],
  delivery: ['spend', 'commune', 'units', 'children'],
  photo: ['delivery', 'campaign', 'photo'],
  photo_withdrawn: ['delivery', 'campaign', 'photo'],
  paper: ['spend', 'delivery', 'code', 'goods', 'paper', 'dated', 'original'],
  document: ['original', 'sha256', 'bytes', 'type'],
  document_withdrawn: ['original', 'sha256', 'bytes', 'type'],
  campaign_state: ['campaign', 'from', 'to', 'commune', 'category', 'schoolYear', 'opensOn'],
  campaign_changed: ['campaign', 'change', 'from', 'to'],
  line_classified: ['account', 'line', 'direction', 'class', 'happenedOn', 'corrects', 'target'],
  day_closed: ['account', 'openingVnd', 'closingVnd', 'lines', 'linesIn', 'linesOut', 'inVnd', 'outVnd', 'lateLines', 'late'],
  receiving_account_changed: ['account', 'change', 'effectiveFrom'],
  appointment: ['appointment', 'role', 'change', 'effectiveFrom'],
  name_shown: [],
  name_hidden: [],
  name_changed: ['nameCommitment'],
  erasure: ['commitments'],
}

/** The facts of an event that go into the log; those that say nothing are left out. */
export function publicFacts(kind: string, facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = isEventKind(kind) ? PUBLIC_FACTS[kind] : []
  // Of fewer than five children nothing is told that would give their number away (money.md §8).
  const isOfFew = kind === 'delivery' && typeof facts['children'] !== 'number'
  // And where a part of its spend went to so few before, what it had would give that part away.
  const hidden = isOfFew ? ['units', 'commune'] : facts['isUntold'] === true ? ['units'] : []
  const told = named.filter((name) => !hidden.includes(name))
  return Object.fromEntries(told.flatMap((name) => (facts[name] == null ? [] : [[name, facts[name]]])))
}
