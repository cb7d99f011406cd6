import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankDecisions, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import type { Result } from '../result'
import { bookAdvance, bookAdvanceReturned } from './decide-advances'
import { isAnother, isNoPayout, isOurs, isSame, matchPayout } from './decide-arrived'
import { bookNotOurs, bookOwnTransfer, bookPlain } from './decide-books'
import { matchRefund, matchReturnedRefund, matchSpend, matchSupplierRefund } from './decide-matched'
import { bookInterest, placeGift } from './decide-place'
import { giftsOf, inDecision, lockBankLines, moveOn, Refused, tellClass, type Deciding, type LockedLine, type Target } from './deciding'
import { lineMark, type DecideRefusal, type LineClass } from './model'
import { holdPostingDay } from './posting-days'
import type { Decision, DecisionKind } from './schema'
import { standingDecision } from './standing'

/** What a person says of a line, and why. */
export interface DecisionWish {
  lineId: bigint
  decision: Decision
  /** How the line stood when the person looked at it (`lineMark`): what somebody decided meanwhile is not overruled unseen. */
  seen: string
  /** Private, in the person's words; may be empty where the line says it all. */
  reason: string
  by: string
  /** The fund whose people say it. A line of no account of ours is decided on by the fund that has its account, or by any. */
  fundId?: number
  /** The rule that proposed it. */
  ruleId?: bigint
  /** Names the wish: told twice, it is one. */
  key: string
}

/**
 * Decides what a bank line is: one transaction, with its postings (money.md §2), its public facts and what it was before, so
 * that it can be taken back. Of two people who decide on one line at once the first wins, and the other is told by whom.
 */
export async function decideLine(context: Context, wish: DecisionWish): Promise<Result<{ decisionId: bigint }, DecideRefusal>> {
  return inDecision(context, (tx) => decide(context, tx, wish))
}

async function decide(context: Context, tx: Transaction, wish: DecisionWish): Promise<{ decisionId: bigint }> {
  const { lineId, decision, reason, by, ruleId, key, fundId } = wish
  const otherId = 'otherLineId' in decision ? decision.otherLineId : null
  if (otherId === lineId) throw new Refused('no_match')
  if (decision.kind === 'same' || decision.kind === 'ours') await holdPostingDay(tx, lineId)
  const lineOf = await lockBankLines(tx, otherId === null ? [lineId] : [lineId, otherId])
  const on = lineOf(lineId)
  if (fundId !== undefined && !(await isDecidedBy(tx, on, fundId))) throw new Refused('not_found')
  const known = await knownAs(tx, wish)
  if (known !== null) return { decisionId: known }
  const last = await standingDecision(tx, lineId)
  if (lineMark(on.line.state, last?.decision.id ?? null) !== wish.seen) throw new Refused('decided_already')
  const other = otherId === null ? null : lineOf(otherId)
  const now = context.now()
  const [row] = await tx
    .insert(bankDecisions)
    .values({
      ...{ fundId: on.account?.fundId ?? fundId ?? null, kind: decision.kind, ruleId: ruleId ?? null, reason },
      ...{ idempotencyKey: key, decidedBy: by, decidedAt: now },
    })
    .returning({ id: bankDecisions.id })
  if (!row) throw new Error('a decision was not written')
  const deciding: Deciding = { tx, decisionId: row.id, now }
  await apply(deciding, on, other, wish)
  const is = classOf(decision.kind)
  if (is) {
    const told = { is, key: `decision:${row.id}`, now }
    await tellClass(tx, on, { ...told, target: await targetOf(tx, decision, on.line.id) })
    if (other) await tellClass(tx, other, { ...told, target: { line: String(lineId) } })
  }
  return { decisionId: row.id }
}

/** What a decision matched a line with, or booked it as. */
async function targetOf(tx: Transaction, decision: Decision, lineId: bigint): Promise<Target | null> {
  switch (decision.kind) {
    case 'own_transfer':
    case 'not_ours':
      return decision.otherLineId === null ? null : { line: String(decision.otherLineId) }
    case 'refund_paid':
    case 'refund_returned':
      return { refund: `bank-${decision.refundId}` }
    case 'spend':
    case 'supplier_refund':
      return { spend: String(decision.spendId) }
    case 'advance':
    case 'advance_returned':
      return { advance: String(decision.advanceId) }
    case 'payout':
      return { payout: decision.payoutId }
    default:
      return (await giftsOf(tx, [lineId]))(lineId)
  }
}

/** The decision that a key named before; refuses where it was of another line. */
async function knownAs(tx: Transaction, { lineId, decision, key }: DecisionWish): Promise<bigint | null> {
  const [known] = await tx.select().from(bankDecisions).where(eq(bankDecisions.idempotencyKey, key))
  if (!known) return null
  const last = await standingDecision(tx, lineId)
  if (known.kind !== decision.kind || (known.undoneAt === null && last?.decision.id !== known.id)) throw new Refused('key_taken')
  return known.id
}

/** Whether a fund's people may say what a line is: it is of an account of theirs, or of one that is no other fund's. */
async function isDecidedBy(tx: Transaction, { line, account }: LockedLine, fundId: number): Promise<boolean> {
  if (account) return account.fundId === fundId
  const { accountNumber } = receivingAccounts
  const [having] = await tx.select().from(receivingAccounts).where(eq(accountNumber, line.accountNumber))
  return !having || having.fundId === fundId
}

async function apply(
  deciding: Deciding,
  on: LockedLine,
  other: LockedLine | null,
  { decision, fundId }: Pick<DecisionWish, 'decision' | 'fundId'>,
): Promise<void> {
  switch (decision.kind) {
    case 'place':
      return placeGift(deciding, on, decision.parts)
    case 'general':
      return placeGift(deciding, on, [{ code: null, amountVnd: on.line.amountVnd }])
    case 'keep_unplaced':
      if (on.line.state !== 'unplaced' && on.line.state !== 'unknown_account') throw new Refused('wrong_state')
      return moveOn(deciding, on, { state: on.line.state, reason: on.line.reason })
    case 'interest':
      return bookInterest(deciding, on)
    case 'fee':
    case 'budget_repayment':
    case 'cash_banked':
      return bookPlain(deciding, on, decision.kind)
    case 'advance':
      return bookAdvance(deciding, on, decision.advanceId)
    case 'advance_returned':
      return bookAdvanceReturned(deciding, on, decision.advanceId)
    case 'own_transfer':
      if (!other) throw new Refused('no_match')
      return bookOwnTransfer(deciding, on, other)
    case 'not_ours':
      return bookNotOurs(deciding, on, other)
    case 'refund_paid':
      return matchRefund(deciding, on, decision.refundId)
    case 'refund_returned':
      return matchReturnedRefund(deciding, on, decision.refundId)
    case 'spend':
      return matchSpend(deciding, on, decision.spendId)
    case 'supplier_refund':
      return matchSupplierRefund(deciding, on, decision)
    case 'payout':
      return matchPayout(deciding, on, decision.payoutId)
    case 'not_payout':
      return isNoPayout(deciding, on)
    case 'ours':
      return isOurs(deciding, on, fundId)
    case 'same':
      return isSame(deciding, on)
    case 'not_same':
      return isAnother(deciding, on)
  }
}

/** What a decision makes of a line, for the public log; null where it says what the line is not. */
function classOf(kind: DecisionKind): LineClass | null {
  switch (kind) {
    case 'place':
    case 'general':
      return 'gift'
    case 'keep_unplaced':
      return 'unplaced'
    case 'refund_paid':
      return 'refund'
    case 'ours':
    case 'same':
    case 'not_same':
    case 'not_payout':
      return null
    default:
      return kind
  }
}
