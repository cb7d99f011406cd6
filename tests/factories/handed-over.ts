import { administrativeUnits, deliveries } from '../../db/schema'
import type { Context } from '../../lib/context'
import { receiveBankNotice } from '../../lib/bank/commands'
import { recordDelivery } from '../../lib/delivery/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { paySpend } from '../../lib/spending/pay'
import { bankNotice, makePledge } from './giving'
import { makeCampaign, value, type CampaignOptions } from './site'

/** A campaign of which ten coats were bought and five handed over. */
export interface HandedOver {
  campaignSlug: string
  spendId: bigint
  deliverySlug: string
  deliveryId: bigint
}

/** Gives, spends and hands over, by the commands that staff use. @param dueOn by when it should be proved */
export async function makeHandedOver(context: Context, dueOn: string, options: CampaignOptions = {}): Promise<HandedOver> {
  const { slug } = await makeCampaign(context, { goalVnd: 1_000_000n, ...options })
  const { code } = await makePledge(context, slug, { amountVnd: 1_000_000n })
  const outcome = await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 1_000_000n }))
  if (outcome !== 'booked') throw new Error(`the gift was ${outcome}`)
  await sequencePending(context.db, context.now())
  const item = { itemVi: 'Áo khoác', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 10, amountVnd: 1_000_000n }
  const wish = {
    campaignSlug: slug,
    titleVi: 'Mua áo',
    titleEn: 'Coats',
    supplier: 'Cửa hàng Mẫu',
    items: [item],
    dueOn,
    by: 'an',
    key: 's',
  }
  const { spendId } = value(await requestSpend(context, wish))
  value(await approveSpend(context, { spendId, by: 'binh' }))
  value(await paySpend(context, { spendId, amountVnd: 1_000_000n, paidOn: '2026-11-23', key: 'p' }))
  const [commune] = await context.db.select({ slug: administrativeUnits.slug }).from(administrativeUnits).limit(1)
  const given = value(
    await recordDelivery(context, {
      ...{ spendId, items: [{ position: 0, units: 5 }], communeSlug: commune?.slug ?? '', placeVi: 'Điểm trường', placeEn: 'School' },
      ...{ deliveredOn: '2026-11-23', children: 5, noteVi: '', noteEn: '', by: 'an', key: 'd' },
    }),
  )
  const [delivery] = await context.db.select({ id: deliveries.id }).from(deliveries)
  if (!delivery) throw new Error('nothing was handed over')
  return { campaignSlug: slug, spendId, deliverySlug: given.slug, deliveryId: delivery.id }
}
