import { and, asc, eq, gt, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm'
import {
  bankNotices,
  bankTransactions,
  disclosures,
  donations,
  events,
  goodsReceipts,
  pledgeContacts,
  pledgeLetters,
  pledges,
} from '../../db/schema'
import type { Context } from '../context'
import { memoLeft, MEMO_NEEDED_DAYS } from '../donors/erase'
import { forgetStagedMemos, throwOldFilesAway } from '../statements/forget'

/** How long what names people is kept, in days. docs/security.md gives the reasons. */
const KEPT_DAYS = {
  /** Body of a bank notice whose line is known: the line has all that the books need. */
  noticeBody: 90,
  /** Name, message and contacts of a promise that nothing came of, from its last day. */
  unpaidPledge: 90,
  /** Memo of a bank line: ten years, as long as vouchers, and the leap days of them. */
  memo: 3_653,
} as const

const BATCH = 500
const DAY_MS = 86_400_000

/** What was forgotten, in rows. */
export interface Forgotten {
  notices: number
  unpaid: number
  memos: number
  /** Memos of staged lines, and files that nobody accepted. */
  staged: number
  files: number
}

/** Forgets what is older than it need be. Where each look goes on is remembered in this process alone. */
export interface Retention {
  /** @returns what was forgotten this time; nothing where nothing was old enough */
  run(signal?: AbortSignal): Promise<Forgotten>
}

/** Makes the retention of an installation: it goes through each table in the order of its rows, a few at a time. */
export function createRetention(context: Context, batch = BATCH): Retention {
  const notices = walk(0n, (after) => forgetNotices(context, after, batch))
  const unpaid = walk({ id: 0n, at: new Date(0) }, (after) => forgetUnpaid(context, after, batch))
  const memos = walk(0n, (after) => forgetMemos(context, after, batch))
  const staged = walk({ fileId: 0n, number: 0 }, (after) => forgetStagedMemos(context, after, batch))
  return {
    run: async (signal) => ({
      notices: await notices(signal),
      unpaid: await unpaid(signal),
      memos: (await memos(signal)) + (signal?.aborted ? 0 : await reduceErased(context, batch)),
      staged: await staged(signal),
      files: signal?.aborted ? 0 : await throwOldFilesAway(context),
    }),
  }
}

interface Step<Place> {
  /** The last row that was old enough; null where there was none. */
  last: Place | null
  changed: number
}

/** Takes steps until no row is old enough, and remembers where it stands for the next time. */
function walk<Place>(from: Place, step: (after: Place) => Promise<Step<Place>>): (signal?: AbortSignal) => Promise<number> {
  let after = from
  return async (signal) => {
    let forgotten = 0
    while (!signal?.aborted) {
      const { last, changed } = await step(after)
      forgotten += changed
      if (last === null) break
      after = last
    }
    return forgotten
  }
}

const daysBefore = ({ now }: Context, days: number): Date => new Date(now().getTime() - days * DAY_MS)

/** Rows come in the order of their time, nearly: a look ends with the first that is too young. */
function oldOf(rows: readonly { id: bigint; at: Date }[], before: Date): bigint[] {
  const young = rows.findIndex(({ at }) => at >= before)
  return rows.slice(0, young < 0 ? rows.length : young).map(({ id }) => id)
}

async function forgetNotices(context: Context, after: bigint, batch: number): Promise<Step<bigint>> {
  const rows = await context.db
    .select({ id: bankNotices.id, at: bankNotices.receivedAt })
    .from(bankNotices)
    .where(gt(bankNotices.id, after))
    .orderBy(asc(bankNotices.id))
    .limit(batch)
  const old = oldOf(rows, daysBefore(context, KEPT_DAYS.noticeBody))
  const changed = await context.db
    .update(bankNotices)
    .set({ body: {} })
    // What contradicts, or was not understood, waits for a person with all it says.
    .where(and(inArray(bankNotices.id, old), inArray(bankNotices.outcome, ['booked', 'merged']), sql`body <> '{}'`))
    .returning({ id: bankNotices.id })
  return { last: old.at(-1) ?? null, changed: changed.length }
}

/** In the order of their last days: a promise that is changed has its last day anew. */
async function forgetUnpaid(context: Context, after: { id: bigint; at: Date }, batch: number): Promise<Step<{ id: bigint; at: Date }>> {
  return context.db.transaction(async (tx) => {
    const old = await tx
      .select({ id: pledges.id, at: pledges.expiresAt })
      .from(pledges)
      .where(
        and(
          ne(pledges.state, 'received'),
          or(gt(pledges.expiresAt, after.at), and(eq(pledges.expiresAt, after.at), gt(pledges.id, after.id))),
          lt(pledges.expiresAt, daysBefore(context, KEPT_DAYS.unpaidPledge)),
        ),
      )
      .orderBy(asc(pledges.expiresAt), asc(pledges.id))
      .limit(batch)
      .for('update')
    const given = await tx
      .select({ id: pledges.id })
      .from(pledges)
      .leftJoin(donations, eq(donations.pledgeId, pledges.id))
      .leftJoin(goodsReceipts, eq(goodsReceipts.pledgeId, pledges.id))
      .where(
        and(
          inArray(
            pledges.id,
            old.map(({ id }) => id),
          ),
          or(isNotNull(donations.id), isNotNull(goodsReceipts.id)),
        ),
      )
    const kept = new Set(given.map(({ id }) => id))
    const ids = old.map(({ id }) => id).filter((id) => !kept.has(id))
    const texts = await tx.delete(disclosures).where(inArray(disclosures.pledgeId, ids)).returning({ id: disclosures.pledgeId })
    await tx
      .update(pledgeLetters)
      .set({ words: null })
      .where(and(inArray(pledgeLetters.pledgeId, ids), isNotNull(pledgeLetters.words)))
    const contacts = await tx.delete(pledgeContacts).where(inArray(pledgeContacts.pledgeId, ids)).returning({ id: pledgeContacts.pledgeId })
    return { last: old.at(-1) ?? null, changed: texts.length + contacts.length }
  })
}

async function reduceMemos({ db }: Context, ids: readonly bigint[]): Promise<number> {
  const changed = await db
    .update(bankTransactions)
    .set({ memo: memoLeft })
    .where(and(inArray(bankTransactions.id, [...ids]), sql`memo <> ${memoLeft}`))
    .returning({ id: bankTransactions.id })
  return changed.length
}

async function forgetMemos(context: Context, after: bigint, batch: number): Promise<Step<bigint>> {
  const rows = await context.db
    .select({ id: bankTransactions.id, at: bankTransactions.transactedAt })
    .from(bankTransactions)
    .where(gt(bankTransactions.id, after))
    .orderBy(asc(bankTransactions.id))
    .limit(batch)
  const old = oldOf(rows, daysBefore(context, KEPT_DAYS.memo))
  return { last: old.at(-1) ?? null, changed: await reduceMemos(context, old) }
}

/** Memos of gifts whose donor had them erased while the bank could still tell of them again. */
async function reduceErased(context: Context, batch: number): Promise<number> {
  const rows = await context.db
    .selectDistinct({ id: bankTransactions.id })
    .from(events)
    .innerJoin(donations, eq(donations.id, events.donationId))
    .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
    .innerJoin(bankTransactions, eq(bankTransactions.id, donations.bankTransactionId))
    .where(
      and(
        eq(events.kind, 'erasure'),
        sql`${bankTransactions.memo} <> ${memoLeft}`,
        sql`${bankTransactions.transactedAt} < ${daysBefore(context, MEMO_NEEDED_DAYS)}`,
      ),
    )
    .limit(batch)
  return reduceMemos(
    context,
    rows.map(({ id }) => id),
  )
}
