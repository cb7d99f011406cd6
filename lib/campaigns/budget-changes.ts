import { and, asc, eq } from 'drizzle-orm'
import { budgetChanges, budgetLines } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import type { BudgetChange } from './model'

/** What was changed of a campaign's budget since it opened, oldest first, with what was said of each line before. */
export async function listBudgetChanges({ db }: Context, campaignId: number, locale: Locale): Promise<BudgetChange[]> {
  const rows = await db
    .select({ change: budgetChanges, line: budgetLines })
    .from(budgetChanges)
    .innerJoin(budgetLines, and(eq(budgetLines.campaignId, budgetChanges.campaignId), eq(budgetLines.position, budgetChanges.position)))
    .where(and(eq(budgetChanges.campaignId, campaignId), eq(budgetChanges.state, 'approved')))
    .orderBy(asc(budgetChanges.eventId))
  const before = new Map<number, number>()
  return rows.map(({ change, line }) => {
    const fromQuantity = before.get(line.position) ?? line.quantity
    before.set(line.position, change.quantity)
    return {
      key: String(change.id),
      item: pick(locale, line.itemVi, line.itemEn),
      unit: pick(locale, line.unitVi, line.unitEn),
      ...{ fromQuantity, toQuantity: change.quantity, reason: pick(locale, change.reasonVi, change.reasonEn) },
      changedOn: dayOf(change.decidedAt ?? change.requestedAt),
    }
  })
}
