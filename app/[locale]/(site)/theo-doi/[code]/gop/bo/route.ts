import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { normalizeCode } from '@/lib/pledges/codes'
import { gatheredCookies, without } from '@/lib/pledges/gathered'
import { ownButton, type Props } from '../../own-button'
import { statementOf } from '../statement-of'

export { backToGift as GET } from '../../own-button'

/** Takes one of the gathered gifts off the statement, or all of them: this browser forgets their keys. */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, locale, gathered } = await ownButton(props)
  const context = serverContext()
  const form = await readForm(request)
  const { nam = '', bo = '' } = form.ok ? form.value : {}
  const path = statementOf(context, { locale, code, year: nam })
  const left = bo === 'het' ? [] : without(gathered, normalizeCode(bo))
  return seeOther(`${path}?da=bo#gop`, gatheredCookies(left, context.origin.startsWith('https:')))
}
