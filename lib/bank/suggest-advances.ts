import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { spendAdvances, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { BankLine } from './deciding'
import type { Suggestion } from './model'

const MOST_ADVANCES = 200

/** Advances of just this sum that wait to be handed out, and those of which just this sum is still out. */
export async function findAdvances(
  { db }: Context,
  fundId: number,
  lines: readonly BankLine[],
  locale: Locale,
): Promise<Map<bigint, Suggestion[]>> {
  if (lines.length === 0) return new Map()
  const rows = await db
    .select({
      ...{ id: spendAdvances.id, amountVnd: spendAdvances.amountVnd, vi: spends.titleVi, en: spends.titleEn },
      outVnd: sql`advance_out(${spendAdvances.id})`.mapWith(BigInt),
      isGiven: sql<boolean>`exists (select 1 from advance_moves m where m.advance_id = ${spendAdvances.id} and m.kind = 'given'
        and not exists (select 1 from advance_moves u where u.advance_id = m.advance_id and u.kind = 'given_undone' and u.id > m.id))`,
    })
    .from(spendAdvances)
    .innerJoin(spends, eq(spends.id, spendAdvances.spendId))
    .where(and(eq(spends.fundId, fundId), eq(spends.state, 'approved'), isNull(spendAdvances.droppedAt)))
    .orderBy(desc(spendAdvances.id))
    .limit(MOST_ADVANCES)
  return new Map(
    lines.map(({ id, direction, amountVnd }) => [
      id,
      rows
        .filter((row) => (direction === 'out' ? !row.isGiven && row.amountVnd === amountVnd : row.outVnd === amountVnd))
        .map((row): Suggestion => {
          const kind = direction === 'out' ? 'advance' : 'advance_returned'
          const advanceId = String(row.id)
          return { choice: `${kind}:${advanceId}`, kind, why: ['amount'], advanceId, title: pick(locale, row.vi, row.en) }
        }),
    ]),
  )
}
