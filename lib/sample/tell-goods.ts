import type { Context } from '../context'
import { pledgeGoods } from '../goods/commands'
import { confirmReceipt, refuseGoods } from '../goods/receive'
import { cancelPledge } from '../pledges/commands'
import type { PlannedGoods } from './goods'

/** What happens with goods in the sample's year. */
export type GoodsStep =
  | { kind: 'goods'; goods: PlannedGoods }
  | { kind: 'goods_receipt'; goods: PlannedGoods; receipt: PlannedGoods['receipts'][number] }
  | { kind: 'goods_end'; goods: PlannedGoods; end: NonNullable<PlannedGoods['end']> }

/**
 * Promises goods, confirms what came, cancels or refuses. A step that was told before changes nothing: the same form
 * gives the same pledge, and the same receipt is kept once. Throws where the plan of the sample is wrong.
 */
export async function tellGoods(context: Context, step: GoodsStep): Promise<void> {
  const { key, campaignSlug, locale, input } = step.goods
  const pledged = await pledgeGoods(context, { campaignSlug, locale, input })
  if (!pledged.ok) throw new Error(`the sample's ${key} was refused: ${pledged.refusal}`)
  const { code, secret } = pledged.value
  switch (step.kind) {
    case 'goods':
      return
    case 'goods_receipt': {
      const received = await confirmReceipt(context, { ...step.receipt.receipt, code })
      if (!received.ok) throw new Error(`the sample's ${step.receipt.key} was refused: ${received.refusal}`)
      return
    }
    case 'goods_end': {
      const { how } = step.end
      if (how === 'cancelled') await cancelPledge(context, { code, secret })
      else await refuseGoods(context, { code, reason: how, actor: 'thu-kho-mau' })
    }
  }
}
