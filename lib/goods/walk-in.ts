import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns } from '../../db/schema'
import type { Context } from '../context'
import type { Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import { pledgeGoodsWithin, type GoodsPledgeRefusal } from './commands'
import { confirmWithin, type Receipt, type ReceiptRefusal } from './receive'
import type { GoodsInput } from './schema'

/** What somebody brought without having promised it, who they are, and how it was counted. */
export interface WalkIn {
  fundId: number
  campaignSlug: string
  input: GoodsInput
  receipt: Omit<Receipt, 'code' | 'actor'>
  locale: Locale
  by: string
}

export type WalkInRefusal = GoodsPledgeRefusal | ReceiptRefusal

/** Ends the transaction of what can't be received. */
class Refused extends Error {
  constructor(readonly refusal: WalkInRefusal) {
    super(refusal)
  }
}

/**
 * Takes goods or a service that somebody brings to an office without a promise: a promise with a code and a page of its own,
 * and its receipt, both or neither. The same form again is the same gift.
 * Refuses: a campaign that is none of the fund's; and what either of the two refuses.
 */
export async function receiveWalkIn(context: Context, walkIn: WalkIn): Promise<Result<{ code: string }, WalkInRefusal>> {
  try {
    return ok(await context.db.transaction((tx) => take(tx, context, walkIn)))
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal)
    throw error
  }
}

async function take(tx: Transaction, context: Context, { fundId, campaignSlug, input, receipt, locale, by }: WalkIn) {
  const [campaign] = await tx.select({ fundId: campaigns.fundId }).from(campaigns).where(eq(campaigns.slug, campaignSlug))
  if (campaign?.fundId !== fundId) throw new Refused('unknown_campaign')
  const pledged = await pledgeGoodsWithin(tx, context, { campaignSlug, locale, input, isWalkIn: true })
  if (!pledged.ok) throw new Refused(pledged.refusal)
  const { code } = pledged.value
  const received = await confirmWithin(tx, context.now(), { ...receipt, code, actor: by })
  if (!received.ok) throw new Refused(received.refusal)
  return { code }
}
