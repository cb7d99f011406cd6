import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { isSecretOf } from '@/lib/pledges/commands'
import { giftPath, keyCookies } from '@/lib/pledges/cookies'

/**
 * The private link of a gift: puts its secret into a cookie of the gift's page, so that the address that is
 * then in the browser, and in whatever is shared from it, carries none.
 */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ locale: string; code: string; secret: string }> },
): Promise<Response> {
  const { locale, code: typed, secret } = await params
  const code = normalizeCode(typed)
  const context = serverContext()
  const path = localePath(isLocale(locale) ? locale : 'vi', giftPath(code))
  const isKey = /^[\w-]{1,64}$/.test(secret) && (await isSecretOf(context, code, secret))
  return isKey ? seeOther(`${path}#rieng`, keyCookies(code, secret, context.origin.startsWith('https:'))) : seeOther(`${path}/khoa`)
}
