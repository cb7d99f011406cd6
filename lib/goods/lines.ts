import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { budgetLines, goodsLines } from '../../db/schema'
import { openGoodsLine } from '../ledger/goods-books'
import { slugify } from '../plans/slug'

/** Where units of one budget line are booked. */
export interface GoodsLine {
  lineId: number
  /** Key of the kind of goods: the unit of the line and of its ledger. */
  unit: string
}

/**
 * The key of a kind of goods: what it is and how it is counted, "ao-khoac-lot-bong.ao". Campaigns of a fund that ask for
 * the same share a ledger and a stock, and each has a line of its own.
 */
const kindOfGoods = ({ itemVi, unitVi }: { itemVi: string; unitVi: string }): string => `${slugify(itemVi)}.${slugify(unitVi)}`

/**
 * The goods line of a budget line, opened with the first receipt. The budget line is locked meanwhile, so that two
 * receipts at once open one. Throws where the campaign has no such budget line.
 */
export async function goodsLineOf(
  tx: Transaction,
  { campaignId, fundId, position }: { campaignId: number; fundId: number; position: number },
): Promise<GoodsLine> {
  const known = await findGoodsLine(tx, campaignId, position)
  if (known) return known
  const [item] = await tx
    .select({ itemVi: budgetLines.itemVi, unitVi: budgetLines.unitVi })
    .from(budgetLines)
    .where(and(eq(budgetLines.campaignId, campaignId), eq(budgetLines.position, position)))
    .for('no key update')
  if (!item) throw new Error(`campaign ${campaignId} has no budget line ${position}`)
  const openedMeanwhile = await findGoodsLine(tx, campaignId, position)
  if (openedMeanwhile) return openedMeanwhile
  const unit = kindOfGoods(item)
  const lineId = await openGoodsLine(tx, fundId, unit)
  await tx.insert(goodsLines).values({ lineId, unit, campaignId, position })
  return { lineId, unit }
}

async function findGoodsLine(tx: Transaction, campaignId: number, position: number): Promise<GoodsLine | null> {
  const [line] = await tx
    .select({ lineId: goodsLines.lineId, unit: goodsLines.unit })
    .from(goodsLines)
    .where(and(eq(goodsLines.campaignId, campaignId), eq(goodsLines.position, position)))
  return line ?? null
}
