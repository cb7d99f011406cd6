import { and, asc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import {
  bankDecisionEntries,
  bankDecisionLines,
  bankTransactions,
  dayCloseLines,
  dayCloses,
  donations,
  ledgerAccounts,
  receivingAccounts,
} from '../../db/schema'
import { isAnyOf } from '../../db/rows'
import { sqlStateOf } from '../../db/sql-state'
import type { Context } from '../context'
import { stands } from '../donations/returned'
import type { Donation } from '../donations/reverse'
import { appendEvent, type NewEvent } from '../events/append'
import type { BookAccount } from '../ledger/books'
import { postEntry, type Posting } from '../ledger/post'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import type { DecideRefusal, LineClass, LineState } from './model'

export type BankLine = typeof bankTransactions.$inferSelect

/** An account of ours in the books. */
export interface OwnAccount {
  id: number
  fundId: number
  alias: string
  book: BookAccount
}

/** A line under a decision: its row is locked. */
export interface LockedLine {
  line: BankLine
  /** Null where its account is not one of ours. */
  account: OwnAccount | null
}

/** What a decision works with. */
export interface Deciding {
  tx: Transaction
  decisionId: bigint
  now: Date
}

/** Ends the transaction of a decision that can't be. */
export class Refused extends Error {
  constructor(readonly refusal: DecideRefusal) {
    super(refusal)
  }
}

/** Two people who decide at once wait for each other on the line; who is cut off by a conflict of locks begins again. */
const ATTEMPTS = 3

/** Runs what a decision does; what it refuses leaves nothing behind. */
export async function inDecision<Value>(
  context: Context,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Result<Value, DecideRefusal>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return ok(await context.db.transaction(work))
    } catch (error) {
      if (error instanceof Refused) return refuse(error.refusal)
      const isConflict = sqlStateOf(error)?.startsWith('40') ?? false
      if (!isConflict || attempt === ATTEMPTS) throw error
    }
  }
}

/** Locks bank lines in the order of their ids. Refuses where one is not there. */
export async function lockBankLines(tx: Transaction, ids: readonly bigint[]): Promise<(id: bigint) => LockedLine> {
  const rows = await tx
    .select({ line: bankTransactions, account: receivingAccounts, book: ledgerAccounts })
    .from(bankTransactions)
    .leftJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .leftJoin(ledgerAccounts, and(eq(ledgerAccounts.receivingAccountId, receivingAccounts.id), eq(ledgerAccounts.source, 'donation')))
    .where(isAnyOf(bankTransactions.id, ids))
    .orderBy(asc(bankTransactions.id))
    .for('update', { of: bankTransactions })
  const found = new Map(
    rows.map(({ line, account, book }): [bigint, LockedLine] => [
      line.id,
      {
        line,
        account: account &&
          book && {
            ...{ id: account.id, fundId: account.fundId, alias: account.alias },
            book: { ledgerId: book.ledgerId, accountId: book.id },
          },
      },
    ]),
  )
  return (id) => {
    const line = found.get(id)
    if (!line) throw new Refused('not_found')
    return line
  }
}

/** Moves a line on, and remembers in the decision how it stood before. */
export async function moveOn(
  { tx, decisionId }: Deciding,
  { line }: LockedLine,
  to: { state: LineState; reason?: BankLine['reason']; duplicateOfId?: bigint | null },
): Promise<void> {
  await tx.insert(bankDecisionLines).values({
    ...{
      decisionId,
      bankTransactionId: line.id,
      beforeState: line.state,
      beforeReason: line.reason,
      beforeDuplicateOfId: line.duplicateOfId,
    },
  })
  const { state, reason = null, duplicateOfId = null } = to
  await tx.update(bankTransactions).set({ state, reason, duplicateOfId }).where(eq(bankTransactions.id, line.id))
}

/** Books what a decision says, and remembers the entry: undoing the decision reverses it. @returns the entry's id */
export async function bookDecided(
  { tx, decisionId, now }: Deciding,
  { line }: LockedLine,
  kind: string,
  postings: [Posting, ...Posting[]],
): Promise<bigint> {
  const entryId = await postEntry(tx, {
    kind,
    idempotencyKey: `decision:${decisionId}`,
    occurredAt: line.transactedAt,
    bookedAt: now,
    postings,
  })
  if (entryId === null) throw new Error(`decision ${decisionId} was booked before`)
  await rememberEntry(tx, decisionId, entryId)
  return entryId
}

export const rememberEntry = (tx: Transaction, decisionId: bigint, entryId: bigint) =>
  tx.insert(bankDecisionEntries).values({ decisionId, entryId })

/** The donations a line stands booked as. */
export const standingDonations = (tx: Transaction, lineId: bigint): Promise<Donation[]> =>
  tx
    .select()
    .from(donations)
    .where(and(eq(donations.bankTransactionId, lineId), stands(donations.id)))
    .orderBy(asc(donations.id))

/** What a line went to or came from, by the name that the log's entries of it have, and a payout by the name that Stripe gave it. */
export type Target =
  { gifts: string[] } | { line: string } | { spend: string } | { advance: string } | { refund: string } | { payout: string }

/** The gifts that each of some lines stands booked as: what they are the target of. */
export async function giftsOf(tx: Database, lineIds: readonly bigint[]): Promise<(lineId: bigint) => Target | null> {
  const rows = await tx
    .select({ lineId: donations.bankTransactionId, id: donations.id })
    .from(donations)
    .where(and(isAnyOf(donations.bankTransactionId, lineIds), stands(donations.id)))
    .orderBy(asc(donations.id))
  const byLine = Map.groupBy(rows, ({ lineId }) => lineId)
  return (lineId) => {
    const gifts = byLine.get(lineId)
    return gifts ? { gifts: gifts.map(({ id }) => String(id)) } : null
  }
}

/**
 * Makes public what a line is (money.md §6): its account by alias, its class, sum and target, never its memo. Of a line in a day
 * that is closed it names the close it corrects. A line of no account of ours is nobody's fact.
 * @param key names the cause: told twice, it is one
 */
export async function tellClass(
  tx: Transaction,
  { line, account }: LockedLine,
  { is, target, key, now }: { is: LineClass; target: Target | null; key: string; now: Date },
): Promise<void> {
  if (!account) return
  const [closed] = await tx
    .select({ day: dayCloses.day })
    .from(dayCloseLines)
    .innerJoin(dayCloses, eq(dayCloses.id, dayCloseLines.closeId))
    .where(eq(dayCloseLines.bankTransactionId, line.id))
  await appendEvent(tx, classified(line, account, is, { target, key: `${key}:line:${line.id}`, now }, closed && { corrects: closed.day }))
}

/** The public fact of what a line is. Its day is the bank's posting day, where a statement has it. */
export const classified = (
  line: Pick<BankLine, 'id' | 'direction' | 'amountVnd' | 'transactedAt' | 'postedOn'>,
  { fundId, alias }: Pick<OwnAccount, 'fundId' | 'alias'>,
  is: LineClass,
  { target, key, now }: { target: Target | null; key: string; now: Date },
  more: Record<string, unknown> = {},
): NewEvent => ({
  ...{ kind: 'line_classified', idempotencyKey: key, fundId, amountVnd: line.amountVnd, createdAt: now },
  day: line.postedOn ?? dayOf(line.transactedAt),
  facts: {
    ...{ account: alias, line: String(line.id), direction: line.direction, class: is, happenedOn: dayOf(line.transactedAt) },
    ...(target ? { target } : {}),
    ...more,
  },
})
