import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { normalizeCode } from '@/lib/pledges/codes'
import { gatheredCookies, returnedLinksCookies, without } from '@/lib/pledges/gathered'
import { ownButton, type Props } from '../../own-button'
import { statementOf } from '../statement-of'

export { backToGift as GET } from '../../own-button'

/** Takes one of the gathered gifts off the statement, or all of them: this browser forgets their keys. */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, locale, gathered } = await ownButton(props)
  const context = serverContext()
  const form = await readForm(request)
  const { bo = '' } = form.ok ? form.value : {}
  const isSecure = context.origin.startsWith('https:')
  const isAll = bo === 'het'
  return seeOther(`${statementOf(context, request, { locale, code })}?da=bo#gop`, [
    ...gatheredCookies(isAll ? [] : without(gathered, normalizeCode(bo)), isSecure),
    ...(isAll ? returnedLinksCookies('', code, isSecure) : []),
  ])
}
