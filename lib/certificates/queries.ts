import type { Context } from '../context'
import { ownName } from '../donors/own-name'
import { getGoodsGift } from '../goods/queries'
import type { Locale } from '../i18n/locale'
import { getGift } from '../pledges/queries'
import { sumGifts } from '../pledges/model'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import type { Certificate } from './model'

/** Why there is no certificate: no such gift, nothing of it came yet, or all of it went back or is held. */
export type CertificateRefusal = 'not_found' | 'not_received' | 'returned'

/**
 * The certificate of thanks for a gift, of money or of goods.
 * @param isOwn whoever asks has the gift's secret: their name is on it though it is not public, once it may be shown
 */
export async function getCertificate(
  context: Context,
  code: string,
  isOwn: boolean,
  locale: Locale,
): Promise<Result<Certificate, CertificateRefusal>> {
  const own = isOwn ? ((await ownName(context, code))?.text ?? null) : null
  const goods = await getGoodsGift(context, code, locale)
  if (goods) {
    const last = goods.visits.at(-1)
    if (!last) return refuse('not_received')
    const { campaign, commune, fund, publicName } = goods
    return ok({
      ...{
        locale,
        code,
        name: own ?? publicName,
        amountVnd: null,
        campaign: campaign.title,
        commune,
        fund: fund.name,
        day: last.receivedOn,
      },
      items: goods.lines.filter(({ received }) => received > 0n).map(({ received, unit, item }) => ({ units: received, unit, item })),
    })
  }
  const gift = await getGift(context, code, locale)
  if (!gift) return refuse('not_found')
  const kept = gift.gifts.filter(({ line }) => line !== 'to_return')
  const last = kept.at(-1)
  if (!last) return refuse(gift.gifts.length > 0 ? 'returned' : 'not_received')
  const { standingVnd } = sumGifts(kept)
  if (standingVnd <= 0n) return refuse('returned')
  const { campaign, commune, seed, fund, publicName } = gift
  return ok({
    ...{ locale, code, name: own ?? publicName, amountVnd: standingVnd, items: [] },
    ...{ campaign: campaign?.title ?? null, commune: { fullName: commune?.fullName ?? null, seed } },
    ...{ fund: fund.name, day: dayOf(last.receivedAt) },
  })
}
