import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { rowsParameter } from '../../db/rows'
import { together } from '../../db/together'
import { recordDonations } from '../donations/record'
import type { Day } from '../time/day'
import { findCandidates, identifyLines, lineKey, type Identified, type KnownLine, type NewLine } from './identify'
import { findAccounts, writeLines, type Account, type LineToWrite } from './lines'
import { placeTransfers } from './match'
import { withoutClaimed, writePostedDays } from './stated'
import { compareWithTold, keepNotices, noticeKey, type ArrivedNotice, type NoticeOutcome } from './told'

/**
 * Books notices of bank lines by a handful of statements, as if they came one after another in the order given:
 * stores them, recognises lines told before, and books what came in.
 * @returns the outcome of each
 */
export async function bookNotices(tx: Transaction, notices: readonly ArrivedNotice[]): Promise<NoticeOutcome[]> {
  await takeLocks(tx, notices)
  const [earlier, candidates, accounts] = await together([
    compareWithTold(tx, notices),
    findCandidates(tx, notices),
    findAccounts(tx, notices),
  ])
  const fresh = notices.filter((_, index) => earlier[index] === null)
  const identified = identifyLines(fresh, await withoutClaimed(tx, fresh, candidates))
  const isNew = identified.filter((one) => one.kind === 'new').map(withStatedLookAlike)
  const lines = await placeLines(tx, isNew, accounts)
  await writeLines(tx, lines)

  const lineOf = new Map(identified.map((one) => [one.notice, one]))
  const told = notices.map((notice, index) => {
    const one = lineOf.get(notice)
    const outcome: NoticeOutcome = earlier[index] ?? (one?.kind === 'new' ? 'booked' : 'merged')
    return { notice, outcome, bankTransactionId: one ? idOf(one.line) : null }
  })
  await together([keepNotices(tx, told), recordGifts(tx, lines), writePostedDays(tx, postedDays(identified))])
  return told.map(({ outcome }) => outcome)
}

/**
 * Takes the locks of the notices' ids and of what may be the same line, so that copies told at the same moment are
 * seen one after the other, by whatever process. Always in one order: two batches can wait for each other in one way only.
 */
async function takeLocks(tx: Transaction, notices: readonly ArrivedNotice[]): Promise<void> {
  const names = notices.flatMap((notice) => [
    { name: lineKey(notice), space: 0 },
    { name: noticeKey(notice), space: 1 },
  ])
  await tx
    .select({
      locks: sql<string>`count(pg_advisory_xact_lock(key))`,
      // Plans are kept, those of guards that look at the commit as well: to plan for each gift anew took longer than to
      // book it. One made to read a whole table, because it was small, would still do so when it has grown.
      plansAreKept: sql<string>`set_config('plan_cache_mode', 'force_generic_plan', true)`,
      noneReadsAll: sql<string>`set_config('enable_seqscan', 'off', true)`,
    })
    .from(
      sql`(
      select distinct hashtextextended(name, space) as key
      from jsonb_to_recordset(${rowsParameter(names)}) as given(name text, space bigint) order by key) as keys`,
    )
    .prepare('take locks')
    .execute()
}

/** What was found when a whole file was compared with the books counts where nothing is found now. */
const withStatedLookAlike = (one: NewLine): NewLine => {
  const id = one.notice.stated?.lookAlikeId ?? null
  return one.lookAlike === null && id !== null ? { ...one, lookAlike: { id, reference: null } } : one
}

/** The posting days that statements tell of lines which were known without them. */
const postedDays = (identified: readonly Identified[]): { id: bigint; postedOn: Day }[] =>
  identified.flatMap(({ kind, notice: { stated }, line }) =>
    kind === 'known' && stated && line.postedOn === null ? [{ id: idOf(line), postedOn: stated.postedOn }] : [],
  )

/** Finds where money belongs that came to an account of ours and is surely not booked yet. */
async function placeLines(tx: Transaction, lines: readonly NewLine[], accounts: Map<string, Account>): Promise<LineToWrite[]> {
  const found = lines.map((line) => ({ ...line, account: accounts.get(line.notice.accountNumber) ?? null }))
  const gifts = found.flatMap((one) => {
    const { account, lookAlike, notice } = one
    return account && !lookAlike && notice.direction === 'in' ? [{ one, transfer: { ...notice, ...account } }] : []
  })
  const placements = await placeTransfers(
    tx,
    gifts.map(({ transfer }) => transfer),
  )
  const placementOf = new Map(gifts.map(({ one }, index) => [one, placements[index]]))
  return found.map((one) => ({ ...one, placement: placementOf.get(one) ?? null }))
}

async function recordGifts(tx: Transaction, lines: readonly LineToWrite[]): Promise<void> {
  const gifts = lines.flatMap(({ notice, line, account, placement }) =>
    account && placement && placement.lineId !== null ? [{ notice, line, account, placement }] : [],
  )
  await recordDonations(
    tx,
    gifts.map(({ notice, line, account, placement: { lineId, pledgeId, code } }) => ({
      source: { kind: 'bank', bankTransactionId: idOf(line), accountAlias: account.alias },
      ...{ fundId: account.fundId, lineId, pledgeId, code, amountVnd: notice.amountVnd },
      into: account.into,
      receivedAt: notice.transactedAt,
      bookedAt: notice.arrivedAt,
    })),
  )
}

function idOf(line: KnownLine): bigint {
  if (line.id === null) throw new Error('a bank line was not written')
  return line.id
}
