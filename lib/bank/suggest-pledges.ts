import { and, eq, sql } from 'drizzle-orm'
import { campaigns, disclosures, officeReceipts, pledges } from '../../db/schema'
import { isAnyOf, rowsParameter } from '../../db/rows'
import type { Context } from '../context'
import { fold } from '../i18n/fold'
import { pick, type Locale } from '../i18n/locale'
import { findNearCodes, findPaymentCodes, type CodeFault } from '../pledges/codes'
import type { BankLine } from './deciding'
import type { Suggestion, Why } from './model'

/** A promise is thought of for so long before the money, and a day after: clocks differ, and so do people. */
const DAYS_BEFORE = 60
const DAYS_AFTER = 1
const MOST_BY_AMOUNT = 3
const MOST_BY_NAME = 3

/**
 * Pledges of a fund that lines may be for: whose code the memo nearly has, who promised just this sum not long before and
 * was never paid, whose name the memo has.
 */
export async function findPledges(
  { db }: Context,
  fundId: number,
  lines: readonly BankLine[],
  locale: Locale,
): Promise<Map<bigint, Suggestion[]>> {
  if (lines.length === 0) return new Map()
  const whys = new Map<string, Set<Why>>()
  const note = (lineId: bigint, pledgeId: bigint, why: Why) => {
    const key = `${lineId} ${pledgeId}`
    whys.set(key, (whys.get(key) ?? new Set()).add(why))
  }
  const codes = new Map(lines.map(({ id, memo }) => [id, codesIn(memo)]))
  const named = await db
    .select({ id: pledges.id, code: pledges.code })
    .from(pledges)
    .where(and(eq(pledges.fundId, fundId), isAnyOf(pledges.code, [...new Set([...codes.values()].flatMap((own) => [...own.keys()]))])))
  for (const [lineId, own] of codes)
    for (const { id, code } of named) {
      const why = own.get(code)
      if (why) note(lineId, id, why)
    }
  const given = lines.map(({ id, amountVnd, transactedAt, memo }) => ({
    ...{ id, amountVnd, at: transactedAt, memo: ` ${fold(memo)} ` },
    words: fold(memo)
      .split(' ')
      .filter((word) => word.length > 1)
      .join(' | '),
  }))
  const window = sql`p.created_at between given."at" - make_interval(days => ${DAYS_BEFORE}) and given."at" + make_interval(days => ${DAYS_AFTER})`
  const asGiven = sql`jsonb_to_recordset(${rowsParameter(given)}) as given(id bigint, "amountVnd" bigint, "at" timestamptz, memo text, words text)`
  const byAmount = await db.select({ lineId: sql`found.line_id`.mapWith(BigInt), pledgeId: sql`found.pledge_id`.mapWith(BigInt) }).from(
    sql`(select given.id as line_id, p.id as pledge_id from ${asGiven} cross join lateral (
        select p.id from ${pledges} p where p.fund_id = ${fundId} and p.amount_vnd = given."amountVnd" and p.state = 'open' and p.method <> 'goods' and ${window}
        order by p.created_at desc limit ${MOST_BY_AMOUNT}) as p) as found`,
  )
  for (const { lineId, pledgeId } of byAmount) note(lineId, pledgeId, 'amount')
  const byName = await db.select({ lineId: sql`found.line_id`.mapWith(BigInt), pledgeId: sql`found.pledge_id`.mapWith(BigInt) }).from(
    sql`(select given.id as line_id, p.id as pledge_id from ${asGiven} cross join lateral (
        select p.id from ${disclosures} d join ${pledges} p on p.id = d.pledge_id
        where given.words <> '' and d.field = 'name' and d.review = 'shown' and to_tsvector('simple', d.folded) @@ to_tsquery('simple', given.words)
          and strpos(d.folded, ' ') > 0 and strpos(given.memo, ' ' || d.folded || ' ') > 0
          and p.fund_id = ${fundId} and p.state = 'open' and p.method <> 'goods' and ${window}
        order by p.created_at desc limit ${MOST_BY_NAME}) as p) as found`,
  )
  for (const { lineId, pledgeId } of byName) note(lineId, pledgeId, 'name')
  return described(db, lines, whys, locale)
}

/** Codes that a memo names or nearly names, and what is wrong with each. */
function codesIn(memo: string): Map<string, CodeFault | 'exact_code'> {
  const near = new Map<string, CodeFault | 'exact_code'>(findNearCodes(memo))
  for (const code of findPaymentCodes(memo)) near.set(code, 'exact_code')
  return near
}

/** The likelier a reason makes a pledge, the earlier it stands. */
const RANK: Partial<Record<Why, number>> = { exact_code: 8, wrong_symbol: 6, swapped: 6, cut: 6, doubled: 6, name: 2, amount: 1 }
const rankOf = (whys: readonly Why[]): number => whys.reduce((sum, why) => sum + (RANK[why] ?? 0), 0)

async function described(
  db: Context['db'],
  lines: readonly BankLine[],
  whys: ReadonlyMap<string, Set<Why>>,
  locale: Locale,
): Promise<Map<bigint, Suggestion[]>> {
  const found = [...whys].map(([key, why]) => {
    const [lineId = '', pledgeId = ''] = key.split(' ')
    return { lineId: BigInt(lineId), pledgeId: BigInt(pledgeId), why: [...why] }
  })
  if (found.length === 0) return new Map()
  const rows = await db
    .select({ pledge: pledges, titleVi: campaigns.titleVi, titleEn: campaigns.titleEn, cheque: officeReceipts.chequeNumber })
    .from(pledges)
    .leftJoin(officeReceipts, eq(officeReceipts.pledgeId, pledges.id))
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .where(isAnyOf(pledges.id, [...new Set(found.map(({ pledgeId }) => pledgeId))]))
  const byId = new Map(rows.map((row) => [row.pledge.id, row]))
  return new Map(
    lines.map(({ id }) => [
      id,
      found
        .filter(({ lineId }) => lineId === id)
        .sort((a, b) => rankOf(b.why) - rankOf(a.why))
        .flatMap(({ pledgeId, why }): Suggestion[] => {
          const row = byId.get(pledgeId)
          if (!row) return []
          const { code, amountVnd, createdAt, state } = row.pledge
          const { titleVi, titleEn, cheque } = row
          const campaign = titleVi !== null && titleEn !== null ? pick(locale, titleVi, titleEn) : null
          const pledged = { code, amountVnd, campaign, cheque, pledgedAt: createdAt, isOpen: state === 'open' }
          return [{ choice: `place:${code}`, kind: 'pledge', why, ...pledged }]
        }),
    ]),
  )
}
