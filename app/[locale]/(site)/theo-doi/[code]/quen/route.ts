import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { forgetKey, giftPath } from '@/lib/pledges/cookies'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Takes the secret of a gift from a browser that others use as well. */
export async function POST(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code: typed } = await params
  const code = normalizeCode(typed)
  const path = localePath(isLocale(locale) ? locale : 'vi', giftPath(code))
  return seeOther(`${path}?da=quen`, forgetKey(code, serverContext().origin.startsWith('https:')))
}

/** Somebody opened the address of the handler: the button stands on the gift's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
