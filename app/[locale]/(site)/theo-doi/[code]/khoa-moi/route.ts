import { cookies } from 'next/headers'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath, keyCookie, keyCookies } from '@/lib/pledges/cookies'
import { renewSecret } from '@/lib/pledges/renew-secret'
import { isFormKey } from '@/lib/pledges/secret'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** Makes another private link, for whose browser holds the one of now: that one opens nothing any more. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale, code: typed } = await params
  const code = normalizeCode(typed)
  const path = localePath(isLocale(locale) ? locale : 'vi', giftPath(code))
  const secret = (await cookies()).get(keyCookie(code))?.value
  const form = await readForm(request)
  const formKey = form.ok ? form.value.formKey : undefined
  const context = serverContext()
  const renewed = secret === undefined || !isFormKey(formKey) ? null : await renewSecret(context, { code, secret, formKey })
  if (!renewed?.ok) return seeOther(`${path}?loi=khong`)
  return seeOther(`${path}?da=khoa#rieng`, keyCookies(code, renewed.value.secret, context.origin.startsWith('https:')))
}

/** Somebody opened the address of the handler: the button stands on the gift's page. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code))))
}
