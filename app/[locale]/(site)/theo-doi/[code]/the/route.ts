import { cookies } from 'next/headers'
import { openCardPage } from '@/lib/cards/commands'
import { visitorBehind } from '@/lib/cards/keys'
import { refusedCardPath } from '@/lib/cards/notes'
import { refreshCardGift } from '@/lib/cards/sync'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { isSecretOf } from '@/lib/pledges/commands'
import { giftPath, keyCookie } from '@/lib/pledges/cookies'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Sends a donor, whose browser holds the pledge's secret, to the card company's page. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const secret = (await cookies()).get(keyCookie(code))?.value
  if (secret === undefined) return seeOther(refusedCardPath(locale, code, 'not_found'))
  const context = serverContext()
  if (!(await isSecretOf(context, code, secret))) return seeOther(refusedCardPath(locale, code, 'not_found'))
  // A page that was paid or has ended meanwhile, and of which nothing was told, is not opened again.
  await refreshCardGift(context, code)
  const opened = await openCardPage(context, { code, secret, visitor: visitorBehind(context, request.headers) })
  return seeOther(opened.ok ? opened.value.url : refusedCardPath(locale, code, opened.refusal))
}

/** Somebody opened the address of the handler: the button stands on the gift's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
