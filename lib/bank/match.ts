import { and, asc, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { campaigns, lines, pledges } from '../../db/schema'
import { endedAt } from '../campaigns/ended'
import { giftDestination } from '../campaigns/states'
import { findPaymentCodes } from '../pledges/codes'

/** Where money that came in belongs. */
export type Placement =
  | { state: 'placed'; lineId: number; pledgeId: bigint; code: string; reason: null }
  | { state: 'unplaced'; lineId: number; pledgeId: null; code: null; reason: 'no_code' | 'unknown_code' | 'several_codes' | 'other_fund' }
  | { state: 'to_return'; lineId: number; pledgeId: bigint; code: string; reason: 'after_closing_day' }
  /** Money that its donors gave by card already, on its way from Stripe: no gift. Matched by payouts.ts. */
  | { state: 'possible_payout'; lineId: null; pledgeId: null; code: null; reason: null }

/** Money that came in to an account of a fund. */
export interface Transfer {
  fundId: number
  /** The fund's line for what nobody can place. */
  unplacedLineId: number
  /** Whether the fund has received gifts by card, which Stripe pays out to its bank. */
  hasCards: boolean
  memo: string
  transactedAt: Date
}

/** How banks write who sends a payout. */
const OF_STRIPE = /(?:^|[^A-Z])STRIPE(?:[^A-Z]|$)/i

/**
 * Finds the pledge of each transfer by the exact payment code in its memo, never by amount, name or an
 * aggregator's guess: a wrong match is worse than no match (money.md §4). Rows of pledges that are named are
 * locked until the transaction ends, in the order of their ids.
 * @returns the placement of each transfer, in the order given
 */
export async function placeTransfers(tx: Transaction, transfers: readonly Transfer[]): Promise<Placement[]> {
  if (transfers.length === 0) return []
  const named = transfers.map(({ memo }) => findPaymentCodes(memo))
  const found = await lockPledges(tx, [...new Set(named.flat())])
  return transfers.map((transfer, index) => {
    const codes = named[index] ?? []
    const known = codes.flatMap((code) => found.get(code) ?? [])
    return place(transfer, codes, known)
  })
}

/** A pledge that money may be for, with its campaign. */
export type Pledged = Awaited<ReturnType<typeof selectPledges>>[number]

function place(transfer: Transfer, codes: string[], known: Pledged[]): Placement {
  const { unplacedLineId } = transfer
  const unplaced = (reason: 'no_code' | 'unknown_code' | 'several_codes' | 'other_fund'): Placement => ({
    ...{ state: 'unplaced', lineId: unplacedLineId, pledgeId: null, code: null, reason },
  })
  if (codes.length === 0 && transfer.hasCards && OF_STRIPE.test(transfer.memo)) {
    return { state: 'possible_payout', lineId: null, pledgeId: null, code: null, reason: null }
  }
  if (codes.length === 0) return unplaced('no_code')
  const [pledge, ...others] = known
  if (!pledge) return unplaced('unknown_code')
  if (others.length > 0) return unplaced('several_codes')
  if (pledge.fundId !== transfer.fundId) return unplaced('other_fund')

  const { pledgeId, code } = pledge
  const lineId = lineFor(pledge, transfer.transactedAt)
  if (lineId === null) return { state: 'to_return', lineId: unplacedLineId, pledgeId, code, reason: 'after_closing_day' }
  return { state: 'placed', lineId, pledgeId, code, reason: null }
}

/** The line on which money for a pledge belongs that came at a moment: null where it must go back. A cheque may be for the general pot. */
export function lineFor({ campaign, generalLineId }: Pledged, cameAt: Date): number | null {
  if (campaign === null) return generalLineId
  const destination = giftDestination(campaign, cameAt)
  if (destination === 'to_return') return null
  return destination === 'campaign' ? campaign.lineId : campaign.overflowLineId
}

/** The pledges that have these codes, locked in the order of their ids. */
export async function lockPledges(tx: Transaction, codes: readonly string[]): Promise<Map<string, Pledged>> {
  const rows = codes.length === 0 ? [] : await selectPledges(tx, codes)
  return new Map(rows.flatMap(({ generalLineId, ...row }) => (generalLineId === null ? [] : [[row.code, { ...row, generalLineId }]])))
}

/** Begins with the pledges: without statistics, an inner join began with the line, and read all pledges of its fund. */
const selectPledges = (tx: Transaction, codes: readonly string[]) =>
  tx
    .select({
      pledgeId: pledges.id,
      code: pledges.code,
      fundId: pledges.fundId,
      generalLineId: lines.id,
      campaign: {
        lineId: campaigns.lineId,
        overflowLineId: campaigns.overflowLineId,
        isEmergency: campaigns.isEmergency,
        neededBy: campaigns.neededBy,
        endedAt,
      },
    })
    .from(pledges)
    .leftJoin(lines, and(eq(lines.fundId, pledges.fundId), eq(lines.kind, 'general'), eq(lines.unit, 'VND')))
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .where(isAnyOf(pledges.code, codes))
    .orderBy(asc(pledges.id))
    .for('update', { of: pledges })
    .prepare('lock pledges')
    .execute()
