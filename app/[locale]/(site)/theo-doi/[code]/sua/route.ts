import { cookies } from 'next/headers'
import { pledgeTakesCards } from '@/lib/cards/offer'
import { closeOutdatedPages } from '@/lib/cards/commands'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { changePledge } from '@/lib/pledges/commands'
import { forgetReturned, giftPath, keyCookie, returnedCookie } from '@/lib/pledges/cookies'
import { encodeReturnedForm, parseGiftForm } from '@/lib/pledges/draft'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Changes a pledge, for whose browser holds its secret. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale, code: typed } = await params
  const code = normalizeCode(typed)
  const path = localePath(isLocale(locale) ? locale : 'vi', giftPath(code))
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  const secret = (await cookies()).get(keyCookie(code))?.value
  if (!form.ok || secret === undefined) return seeOther(`${path}?loi=khong`)
  const parsed = parseGiftForm(form.value, await pledgeTakesCards(context, code))
  if (!parsed.ok) return seeOther(`${path}?loi=o`, [returnedCookie(encodeReturnedForm(parsed.refusal), path, isSecure)])
  const changed = await changePledge(context, { code, secret, input: parsed.value })
  if (changed.ok) await closeOutdatedPages(context, code)
  return seeOther(changed.ok ? `${path}?da=luu#rieng` : `${path}?loi=khong`, [forgetReturned(path, isSecure)])
}

/** Somebody opened the address of the handler: the form stands on the gift's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
