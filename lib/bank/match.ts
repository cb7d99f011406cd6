import { asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns, pledges } from '../../db/schema'
import { dayOf } from '../time/day'
import { fundLine } from '../ledger/books'
import { findPaymentCodes } from '../pledges/codes'

/** Where money that came in belongs. */
export type Placement =
  | { state: 'placed'; lineId: number; pledgeId: bigint; code: string; reason: null }
  | { state: 'unplaced'; lineId: number; pledgeId: null; code: null; reason: 'no_code' | 'unknown_code' | 'several_codes' | 'other_fund' }
  | { state: 'to_return'; lineId: number; pledgeId: bigint; code: string; reason: 'after_closing_day' }

/** Campaigns that still take the money of a pledge made for them. */
const TAKES_MONEY = new Set(['open', 'funded', 'delivering'])

/**
 * Finds the pledge of a transfer by the exact payment code in its memo, never by amount, name or an
 * aggregator's guess: a wrong match is worse than no match (money.md §4). A matched pledge's row is
 * locked until the transaction ends.
 */
export async function placeTransfer(tx: Transaction, transfer: { fundId: number; memo: string; transactedAt: Date }): Promise<Placement> {
  const unplaced = async (reason: 'no_code' | 'unknown_code' | 'several_codes' | 'other_fund'): Promise<Placement> => ({
    state: 'unplaced',
    lineId: await fundLine(tx, transfer.fundId, 'unplaced'),
    pledgeId: null,
    code: null,
    reason,
  })
  const codes = findPaymentCodes(transfer.memo)
  if (codes.length === 0) return unplaced('no_code')
  const found = await tx
    .select({ id: pledges.id, code: pledges.code, fundId: pledges.fundId, campaignId: pledges.campaignId })
    .from(pledges)
    .where(inArray(pledges.code, codes))
    .orderBy(asc(pledges.id))
    .for('update')
  const [pledge, ...others] = found
  if (!pledge) return unplaced('unknown_code')
  if (others.length > 0) return unplaced('several_codes')
  if (pledge.fundId !== transfer.fundId) return unplaced('other_fund')

  const [campaign] = await tx
    .select({
      lineId: campaigns.lineId,
      overflowLineId: campaigns.overflowLineId,
      state: campaigns.state,
      isEmergency: campaigns.isEmergency,
      neededBy: campaigns.neededBy,
    })
    .from(campaigns)
    .where(eq(campaigns.id, pledge.campaignId))
  if (!campaign) throw new Error(`pledge ${pledge.code} has no campaign`)
  const matched = { pledgeId: pledge.id, code: pledge.code }
  if (campaign.isEmergency && dayOf(transfer.transactedAt) > campaign.neededBy) {
    return { state: 'to_return', lineId: await fundLine(tx, transfer.fundId, 'unplaced'), ...matched, reason: 'after_closing_day' }
  }
  const lineId = TAKES_MONEY.has(campaign.state) ? campaign.lineId : campaign.overflowLineId
  return { state: 'placed', lineId, ...matched, reason: null }
}
