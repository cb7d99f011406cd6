import { serverContext } from '@/lib/context'
import { changeGoodsPledge } from '@/lib/goods/commands'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { parseGoodsForm } from '@/lib/goods/draft'
import { getGoodsGift } from '@/lib/goods/queries'
import { readForm, seeOther } from '@/lib/http/form'
import { forgetReturned, returnedCookie, RETURNED_GOODS_COOKIE } from '@/lib/pledges/cookies'
import { encodeReturnedForm } from '@/lib/pledges/draft'
import { ownButton, savedPath, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Changes a promise of goods, for whose browser holds its secret. */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, locale, path, secret } = await ownButton(props)
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  if (!form.ok || secret === undefined) return seeOther(`${path}?loi=khong`)
  const gift = await getGoodsGift(context, code, locale)
  const offer = gift && (await getGoodsOffer(context, gift.campaign.slug, locale))
  if (!offer) return seeOther(`${path}?loi=khong`)
  const parsed = parseGoodsForm(form.value, offer.lines)
  if (!parsed.ok)
    return seeOther(`${path}?loi=o`, [returnedCookie(encodeReturnedForm(parsed.refusal), path, isSecure, RETURNED_GOODS_COOKIE)])
  const changed = await changeGoodsPledge(context, { code, secret, input: parsed.value })
  return seeOther(changed.ok ? savedPath(path, changed.value) : `${path}?loi=khong`, [
    forgetReturned(path, isSecure, RETURNED_GOODS_COOKIE),
  ])
}
