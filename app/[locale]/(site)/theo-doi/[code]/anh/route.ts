import { cookies } from 'next/headers'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath, keyCookie } from '@/lib/pledges/cookies'
import { setPictured } from '@/lib/pledges/pictured'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Gives the links of a gift a picture of its own, or takes it away, for whose browser holds the secret of the gift. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale, code: typed } = await params
  const code = normalizeCode(typed)
  const path = localePath(isLocale(locale) ? locale : 'vi', giftPath(code))
  const secret = (await cookies()).get(keyCookie(code))?.value
  const form = await readForm(request)
  const choice = form.ok ? form.value['hien'] : undefined
  if (secret === undefined || (choice !== 'co' && choice !== 'khong')) return seeOther(`${path}?loi=khong`)
  const set = await setPictured(serverContext(), { code, secret, isPictured: choice === 'co' })
  return seeOther(set.ok ? `${path}?da=luu#rieng` : `${path}?loi=khong`)
}

/** Somebody opened the address of the handler: the button stands on the gift's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
