import { serverContext } from '@/lib/context'
import { pledgeGoods } from '@/lib/goods/commands'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { parseGoodsForm } from '@/lib/goods/draft'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { forgetReturned, giftPath, keyCookies, returnedCookie, RETURNED_GOODS_COOKIE } from '@/lib/pledges/cookies'
import { encodeReturnedForm } from '@/lib/pledges/draft'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

/** Takes the goods form: to the pledge's page, or back to the form with what was typed. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, slug } = await params
  const locale = isLocale(language) ? language : 'vi'
  const path = localePath(locale, `/ung-ho/${encodeURIComponent(slug)}/hien-vat`)
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  if (!form.ok) return seeOther(`${path}?loi=${form.refusal}`)
  const offer = await getGoodsOffer(context, slug, locale)
  // No such campaign: the form's own page says so. Nor has one a form that is not open.
  if (!offer || offer.give.state !== 'open') return seeOther(path, [forgetReturned(path, isSecure, RETURNED_GOODS_COOKIE)])
  const parsed = parseGoodsForm(form.value, offer.lines)
  if (!parsed.ok)
    return seeOther(`${path}?loi=o`, [returnedCookie(encodeReturnedForm(parsed.refusal), path, isSecure, RETURNED_GOODS_COOKIE)])
  const pledge = await pledgeGoods(context, { campaignSlug: offer.give.slug, locale, input: parsed.value })
  // It closed, or its budget changed, in this very moment: the page shows how it is now.
  if (!pledge.ok) return seeOther(path, [forgetReturned(path, isSecure, RETURNED_GOODS_COOKIE)])
  const { code, secret } = pledge.value
  return seeOther(localePath(locale, giftPath(code)), [
    ...keyCookies(code, secret, isSecure),
    forgetReturned(path, isSecure, RETURNED_GOODS_COOKIE),
  ])
}

/** Somebody opened the address of the handler: the form is next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, slug } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', `/ung-ho/${encodeURIComponent(slug)}/hien-vat`))
}
