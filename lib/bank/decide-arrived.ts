import { and, eq, isNotNull, isNull, notInArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { bankTransactions, cardPayments, cardPayouts, donations, receivingAccounts } from '../../db/schema'
import { clearingOf } from '../cards/book'
import { recordDonation } from '../donations/record'
import { putBackOnLine } from '../donations/reverse'
import { fundLine } from '../ledger/books'
import { postEntry, reverseEntry, standingReversal } from '../ledger/post'
import { lockBankLines, moveOn, Refused, rememberEntry, type BankLine, type Deciding, type LockedLine } from './deciding'
import { findCandidates } from './identify'
import { placeTransfers, type Placement } from './match'
import { compareLines, identityOf } from './model'
import { carryPostingDay } from './posting-days'
import { arrive } from './told'

/**
 * A line that may be the same as another is that one, told twice: it counts nowhere, and is kept. The day on which a
 * statement says that the bank booked it is the other's.
 */
export async function isSame(deciding: Deciding, on: LockedLine): Promise<void> {
  const { line } = on
  if (line.state !== 'possible_duplicate') throw new Refused('wrong_state')
  await moveOn(deciding, on, { state: 'duplicate', duplicateOfId: line.duplicateOfId })
  await carryPostingDay(deciding.tx, deciding.decisionId, line)
}

/** A line that may be the same as another is one of its own: it is booked as if it had come just now. */
export async function isAnother(deciding: Deciding, on: LockedLine): Promise<void> {
  if (on.line.state !== 'possible_duplicate') throw new Refused('wrong_state')
  await bookArrived(deciding, on)
}

/**
 * A line of an account that was not ours when it came, and is now: it is booked as if it had come just now, by what the
 * books know by now. What may be the same as a line of theirs waits as such.
 * @param fundId whose account it is
 */
export async function isOurs(deciding: Deciding, { line }: LockedLine, fundId: number | undefined): Promise<void> {
  const { tx, now } = deciding
  if (line.state !== 'unknown_account' || fundId === undefined) throw new Refused('wrong_state')
  const { accountNumber, approvedBy } = receivingAccounts
  const [own] = await tx
    .select({ id: receivingAccounts.id })
    .from(receivingAccounts)
    .where(and(eq(accountNumber, line.accountNumber), eq(receivingAccounts.fundId, fundId), isNotNull(approvedBy)))
  if (!own) throw new Refused('no_match')
  const state = line.direction === 'in' ? 'unplaced' : 'outgoing'
  await tx.update(bankTransactions).set({ receivingAccountId: own.id, state }).where(eq(bankTransactions.id, line.id))
  const { account } = (await lockBankLines(tx, [line.id]))(line.id)
  const twin = await lookAlikeOf(tx, line, now)
  if (twin === null) await bookArrived(deciding, { line, account })
  else await moveOn(deciding, { line, account }, { state: 'possible_duplicate', duplicateOfId: twin })
}

/** A line that is counted and that this one may be; null where it is surely one of its own. */
async function lookAlikeOf(tx: Transaction, line: BankLine, now: Date): Promise<bigint | null> {
  const { provider, accountNumber, direction, amountVnd, reference, memo, transactedAt, runningBalanceVnd, postedOn } = line
  const notice = { provider, providerEventId: `line:${line.id}`, accountNumber, direction, amountVnd, reference, memo, transactedAt }
  const arrived = arrive({ ...notice, runningBalanceVnd, body: null }, now)
  const alike = (await findCandidates(tx, [arrived]))(arrived).flatMap(({ line: { id, ...other } }) => {
    const isAlike =
      compareLines({ ...identityOf(arrived), postedOn }, { ...other, isToldByUs: false, isOnSameStatement: false }) !== 'different'
    return id !== null && id !== line.id && isAlike ? [id] : []
  })
  // What waits itself, perhaps as a double of this very line, is decided on against it.
  const [counted] = await tx
    .select({ id: bankTransactions.id })
    .from(bankTransactions)
    .where(
      and(isAnyOf(bankTransactions.id, alike), notInArray(bankTransactions.state, ['possible_duplicate', 'duplicate', 'unknown_account'])),
    )
    .limit(1)
  return counted?.id ?? null
}

/** A line that looked like a payout from Stripe is none: it is booked as money of somebody. */
export async function isNoPayout(deciding: Deciding, on: LockedLine): Promise<void> {
  if (on.line.state !== 'possible_payout') throw new Refused('wrong_state')
  await bookArrived(deciding, on, { isPayout: false })
}

async function bookArrived(deciding: Deciding, on: LockedLine, { isPayout }: { isPayout?: false } = {}): Promise<void> {
  const { tx, decisionId, now } = deciding
  const { line, account } = on
  if (!account) throw new Refused('wrong_state')
  if (line.direction === 'out') return moveOn(deciding, on, { state: 'outgoing' })
  const unplacedLineId = await fundLine(tx, account.fundId, 'unplaced')
  const [earlier] = await tx
    .select()
    .from(donations)
    .where(and(eq(donations.bankTransactionId, line.id), isNull(donations.replacesId)))
  if (earlier) {
    // It was booked once, and that was taken back: the same donation stands again.
    await putBackOnLine(tx, earlier, { decisionId, now })
    const entryId = await reverseEntry(tx, await standingReversal(tx, earlier.entryId), `decision:${decisionId}`, now)
    await rememberEntry(tx, decisionId, entryId)
    const waits = earlier.pledgeId === null ? 'unplaced' : 'to_return'
    return moveOn(deciding, on, { state: earlier.lineId === unplacedLineId ? waits : 'placed' })
  }
  const { fundId, alias, book } = account
  const hasCards = isPayout ?? (await tx.$count(cardPayments, eq(cardPayments.fundId, fundId))) > 0
  const transfer = { fundId, unplacedLineId, hasCards, memo: line.memo, transactedAt: line.transactedAt }
  const [placement] = await placeTransfers(tx, [transfer])
  if (!placement) throw new Error(`bank line ${line.id} was not placed`)
  if (placement.lineId !== null) await recordArrived(deciding, on, placement, { fundId, alias, book })
  await moveOn(deciding, on, { state: placement.state, reason: placement.reason })
}

async function recordArrived(
  { tx, decisionId, now }: Deciding,
  { line }: LockedLine,
  { lineId, pledgeId, code }: Extract<Placement, { lineId: number }>,
  { fundId, alias, book }: { fundId: number; alias: string; book: { ledgerId: number; accountId: number } },
): Promise<void> {
  const donationId = await recordDonation(tx, {
    source: { kind: 'bank', bankTransactionId: line.id, accountAlias: alias },
    ...{ fundId, lineId, pledgeId, code, into: book, amountVnd: line.amountVnd },
    ...{ receivedAt: line.transactedAt, bookedAt: now },
  })
  const [made] = await tx.select({ entryId: donations.entryId }).from(donations).where(eq(donations.id, donationId))
  if (made) await rememberEntry(tx, decisionId, made.entryId)
}

/** A payout that a person recognises, where the site could not be sure which of several it was. */
export async function matchPayout(deciding: Deciding, on: LockedLine, payoutId: string): Promise<void> {
  const { tx, now } = deciding
  const { line, account } = on
  if (!account || line.state !== 'possible_payout') throw new Refused('wrong_state')
  const [payout] = await tx
    .select()
    .from(cardPayouts)
    .where(
      and(
        ...[eq(cardPayouts.stripeId, payoutId), eq(cardPayouts.fundId, account.fundId), eq(cardPayouts.amountVnd, line.amountVnd)],
        ...[isNull(cardPayouts.bankTransactionId), notInArray(cardPayouts.state, ['failed', 'canceled'])],
      ),
    )
    .for('update')
  if (!payout) throw new Refused('no_match')
  const entryId = await postEntry(tx, {
    ...{ kind: 'payout', idempotencyKey: `payout:${payoutId}`, occurredAt: line.transactedAt, bookedAt: now },
    postings: [{ debit: account.book, credit: await clearingOf(tx, account.fundId), amountVnd: line.amountVnd }],
  })
  if (entryId === null) throw new Error(`payout ${payoutId} was booked before`)
  await tx.update(cardPayouts).set({ bankTransactionId: line.id }).where(eq(cardPayouts.stripeId, payoutId))
  await moveOn(deciding, on, { state: 'payout' })
}
