import { cookies } from 'next/headers'
import { closeOutdatedPages } from '@/lib/cards/commands'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { cancelPledge } from '@/lib/pledges/commands'
import { giftPath, keyCookie } from '@/lib/pledges/cookies'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Cancels a pledge, for whose browser holds its secret. */
export async function POST(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code: typed } = await params
  const code = normalizeCode(typed)
  const path = localePath(isLocale(locale) ? locale : 'vi', giftPath(code))
  const secret = (await cookies()).get(keyCookie(code))?.value
  const context = serverContext()
  const cancelled = secret !== undefined && (await cancelPledge(context, { code, secret })).ok
  if (cancelled) await closeOutdatedPages(context, code)
  return seeOther(cancelled ? path : `${path}?loi=khong`)
}

/** Somebody opened the address of the handler: the button stands on the gift's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
