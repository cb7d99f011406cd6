import { cookies } from 'next/headers'
import { serverContext } from '@/lib/context'
import { changeGoodsPledge } from '@/lib/goods/commands'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { parseGoodsForm } from '@/lib/goods/draft'
import { getGoodsGift } from '@/lib/goods/queries'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { forgetReturned, giftPath, keyCookie, returnedCookie, RETURNED_GOODS_COOKIE } from '@/lib/pledges/cookies'
import { encodeReturnedForm } from '@/lib/pledges/draft'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Changes a promise of goods, for whose browser holds its secret. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const path = localePath(locale, giftPath(code))
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  const secret = (await cookies()).get(keyCookie(code))?.value
  if (!form.ok || secret === undefined) return seeOther(`${path}?loi=khong`)
  const gift = await getGoodsGift(context, code, locale)
  const offer = gift && (await getGoodsOffer(context, gift.campaign.slug, locale))
  if (!offer) return seeOther(`${path}?loi=khong`)
  const parsed = parseGoodsForm(form.value, offer.lines)
  if (!parsed.ok)
    return seeOther(`${path}?loi=o`, [returnedCookie(encodeReturnedForm(parsed.refusal), path, isSecure, RETURNED_GOODS_COOKIE)])
  const changed = await changeGoodsPledge(context, { code, secret, input: parsed.value })
  return seeOther(changed.ok ? `${path}?da=luu#rieng` : `${path}?loi=khong`, [forgetReturned(path, isSecure, RETURNED_GOODS_COOKIE)])
}

/** Somebody opened the address of the handler: the form stands on the promise's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
