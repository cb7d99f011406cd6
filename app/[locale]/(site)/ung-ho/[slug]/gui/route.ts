import { openCardPage } from '@/lib/cards/commands'
import { visitorBehind } from '@/lib/cards/keys'
import { refusedCardPath } from '@/lib/cards/notes'
import { campaignTakesCards } from '@/lib/cards/offer'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { createPledge } from '@/lib/pledges/commands'
import { forgetReturned, giftPath, keyCookies, returnedCookie } from '@/lib/pledges/cookies'
import { encodeReturnedForm, parseGiftForm } from '@/lib/pledges/draft'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

/**
 * Takes the gift form: to the gift's page, for a gift by card to the card company's, or back to the form with what was
 * typed. Where the card company's page does not open the pledge stands, and its own page says what happened.
 */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, slug } = await params
  const locale = isLocale(language) ? language : 'vi'
  const path = localePath(locale, `/ung-ho/${encodeURIComponent(slug)}`)
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  if (!form.ok) return seeOther(`${path}?loi=${form.refusal}`)
  const parsed = parseGiftForm(form.value, await campaignTakesCards(context, slug))
  if (!parsed.ok) return seeOther(`${path}?loi=o`, [returnedCookie(encodeReturnedForm(parsed.refusal), path, isSecure)])
  const pledge = await createPledge(context, { campaignSlug: slug, locale, input: parsed.value })
  // Not open any more, no account, no such campaign: the form's own page says so, with a way on.
  if (!pledge.ok) return seeOther(path, [forgetReturned(path, isSecure)])
  const { code, secret } = pledge.value
  const given = [...keyCookies(code, secret, isSecure), forgetReturned(path, isSecure)]
  if (parsed.value.method !== 'card') return seeOther(localePath(locale, giftPath(code)), given)
  const opened = await openCardPage(context, { code, secret, visitor: visitorBehind(context, request.headers) })
  return seeOther(opened.ok ? opened.value.url : refusedCardPath(locale, code, opened.refusal), given)
}

/** Somebody opened the address of the handler: the form is next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, slug } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', `/ung-ho/${encodeURIComponent(slug)}`))
}
