import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { keyCookies } from '@/lib/pledges/cookies'
import { renewSecret } from '@/lib/pledges/renew-secret'
import { isFormKey } from '@/lib/pledges/secret'
import { ownButton, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Makes another private link, for whose browser holds the one of now: that one opens nothing any more. */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, path, secret } = await ownButton(props)
  const form = await readForm(request)
  const formKey = form.ok ? form.value.formKey : undefined
  const context = serverContext()
  const renewed = secret === undefined || !isFormKey(formKey) ? null : await renewSecret(context, { code, secret, formKey })
  if (!renewed?.ok) return seeOther(`${path}?loi=khong`)
  return seeOther(`${path}?da=khoa#rieng`, keyCookies(code, renewed.value.secret, context.origin.startsWith('https:')))
}
