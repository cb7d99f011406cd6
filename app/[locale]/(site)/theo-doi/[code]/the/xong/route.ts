import { cookies } from 'next/headers'
import { notedGiftPath } from '@/lib/cards/notes'
import { refreshCardGift } from '@/lib/cards/sync'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { isSecretOf } from '@/lib/pledges/commands'
import { keyCookie } from '@/lib/pledges/cookies'

/**
 * A donor comes back from the card company's page, where it says that the card has paid. That is not taken from the
 * address, which anybody can open: Stripe is asked, for who holds the pledge's secret, and its webhook tells besides.
 */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string; code: string }> }): Promise<Response> {
  const { locale, code: typed } = await params
  const code = normalizeCode(typed)
  const context = serverContext()
  const secret = (await cookies()).get(keyCookie(code))?.value
  if (secret !== undefined && (await isSecretOf(context, code, secret))) await refreshCardGift(context, code)
  return seeOther(notedGiftPath(isLocale(locale) ? locale : 'vi', code, 'asked'))
}
