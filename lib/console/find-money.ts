import { and, desc, eq, ilike, inArray, sql, type SQL } from 'drizzle-orm'
import { bankTransactions, campaigns, donations, officeReceipts, pledges, receivingAccounts } from '../../db/schema'
import { isAnyOf } from '../../db/rows'
import type { Context } from '../context'
import { pick } from '../i18n/locale'
import { formatVnd } from '../money/vnd'
import { receiptNumber } from '../pledges/receipt'
import { formatDay, formatMoment } from '../time/day'
import { consolePath, type Hit } from './model'
import { MOST, type Wanted } from './wanted'

/** The gift, or the promise of one, that a code names. */
export async function findGifts({ db }: Context, { fund, code, locale }: Wanted): Promise<Hit[]> {
  if (code === null) return []
  const rows = await db
    .select({ code: pledges.code, vi: campaigns.titleVi, en: campaigns.titleEn })
    .from(pledges)
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .where(and(eq(pledges.code, code), eq(pledges.fundId, fund.id)))
  return rows.map((row) => ({
    ...{ kind: 'gift', title: row.code, detail: row.vi !== null && row.en !== null ? pick(locale, row.vi, row.en) : fund.name },
    path: consolePath(fund.slug, `/cam-ket/${row.code}`),
  }))
}

/** A receipt of the fund's office, by its number. */
export async function findReceipts({ db }: Context, { fund, receipt, locale }: Wanted): Promise<Hit[]> {
  if (receipt === null) return []
  const { kind, number, year } = officeReceipts
  const rows = await db
    .select()
    .from(officeReceipts)
    .where(and(eq(officeReceipts.fundId, fund.id), eq(kind, receipt.kind), eq(number, receipt.number), eq(year, receipt.year)))
  return rows.map((row) => ({
    ...{ kind: 'receipt', title: receiptNumber(row), detail: `${formatVnd(row.amountVnd, locale)}, ${formatDay(row.receivedOn)}` },
    path: consolePath(fund.slug, `/tien-mat/phieu/${row.id}`),
  }))
}

/** Lines that wait are read through one by one: there are never many. */
const WAITS = sql`${bankTransactions.state} not in ('placed', 'payout', 'settled', 'duplicate')`

/**
 * Lines of the bank: by number, by the code of a gift that came with it, by the bank's reference, by an exact sum, and by words of the memo among those that wait
 * for a person. Of a sum that many gave, the newest.
 */
export async function findLines({ db }: Context, { fund, number, code, amountVnd, reference, text, locale }: Wanted): Promise<Hit[]> {
  const accounts = await db
    .select({ id: receivingAccounts.id, number: receivingAccounts.accountNumber, alias: receivingAccounts.alias })
    .from(receivingAccounts)
    .where(eq(receivingAccounts.fundId, fund.id))
  if (accounts.length === 0) return []
  const isOwn = inArray(
    bankTransactions.receivingAccountId,
    accounts.map(({ id }) => id),
  )
  const where = (condition: SQL | undefined, order?: SQL) =>
    db
      .select()
      .from(bankTransactions)
      .where(and(condition, isOwn))
      .orderBy(...(order ? [order] : []))
      .limit(MOST)
  const found = new Map<bigint, typeof bankTransactions.$inferSelect>()
  const add = async (lines: Promise<(typeof bankTransactions.$inferSelect)[]>) => {
    for (const line of await lines) found.set(line.id, line)
  }
  if (number !== null) await add(where(eq(bankTransactions.id, BigInt(number))))
  if (code !== null) await add(where(inArray(bankTransactions.id, linesOfCode({ db }, code))))
  if (reference !== null) await add(where(eq(bankTransactions.reference, reference)))
  if (amountVnd !== null && amountVnd > 0n) await add(newestOfSum({ db }, { accounts: accounts.map((one) => one.number), amountVnd }))
  const words = ilike(bankTransactions.memo, `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`)
  await add(where(and(WAITS, words), desc(bankTransactions.id)))
  return [...found.values()].slice(0, MOST).map((line) => ({
    ...{ kind: 'line', title: `${line.direction === 'in' ? '+' : '−'}${formatVnd(line.amountVnd, locale)}` },
    detail: `${formatMoment(line.transactedAt)}, ${accounts.find(({ id }) => id === line.receivingAccountId)?.alias ?? ''}, ${line.memo}`,
    path: consolePath(fund.slug, `/ngan-hang/${line.id}`),
  }))
}

/** Lines by which money came that a code names. */
const linesOfCode = ({ db }: Pick<Context, 'db'>, code: string) =>
  db
    .select({ id: sql`${donations.bankTransactionId}` })
    .from(donations)
    .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(eq(pledges.code, code))

/** The newest lines of a sum, by the index that has them in order for each account, direction and channel. */
async function newestOfSum({ db }: Pick<Context, 'db'>, { accounts, amountVnd }: { accounts: readonly string[]; amountVnd: bigint }) {
  const rows = await db.select({ id: sql`found.id`.mapWith(BigInt) }).from(
    sql`(select newest.id, newest.transacted_at from unnest(${sql.param(accounts)}::text[]) as account(number),
        unnest(array['in', 'out']) as way(direction), unnest(array['casso', 'payos', 'sepay', 'statement']) as channel(provider),
        lateral (select b.id, b.transacted_at from bank_transactions b where b.account_number = account.number
          and b.direction = way.direction and b.amount_vnd = ${amountVnd} and b.provider = channel.provider
          order by b.transacted_at desc limit ${MOST}) as newest
        order by newest.transacted_at desc limit ${MOST}) as found`,
  )
  if (rows.length === 0) return []
  const found = await db
    .select()
    .from(bankTransactions)
    .where(
      isAnyOf(
        bankTransactions.id,
        rows.map(({ id }) => id),
      ),
    )
  return found.toSorted((a, b) => b.transactedAt.getTime() - a.transactedAt.getTime())
}
