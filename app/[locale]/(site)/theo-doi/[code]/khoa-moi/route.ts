import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { keyCookies } from '@/lib/pledges/cookies'
import { gatheredCookies } from '@/lib/pledges/gathered'
import { renewSecret } from '@/lib/pledges/renew-secret'
import { isFormKey } from '@/lib/pledges/secret'
import { ownButton, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Makes another private link, for whose browser holds the one of now: that one opens nothing any more. */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, path, secret, gathered } = await ownButton(props)
  const form = await readForm(request)
  const formKey = form.ok ? form.value.formKey : undefined
  const context = serverContext()
  const renewed = secret === undefined || !isFormKey(formKey) ? null : await renewSecret(context, { code, secret, formKey })
  if (!renewed?.ok) return seeOther(`${path}?loi=khong`)
  const isSecure = context.origin.startsWith('https:')
  const changed = gathered.map((key) => (key.code === code ? { code, secret: renewed.value.secret } : key))
  return seeOther(`${path}?da=khoa#rieng`, [
    ...keyCookies(code, renewed.value.secret, isSecure),
    ...(gathered.some((key) => key.code === code) ? gatheredCookies(changed, isSecure) : []),
  ])
}
