import { pledgeTakesCards } from '@/lib/cards/offer'
import { closeOutdatedPages } from '@/lib/cards/commands'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { changePledge } from '@/lib/pledges/commands'
import { forgetReturned, returnedCookie } from '@/lib/pledges/cookies'
import { encodeReturnedForm, parseGiftForm } from '@/lib/pledges/draft'
import { ownButton, savedPath, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Changes a pledge, for whose browser holds its secret. */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, path, secret } = await ownButton(props)
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  if (!form.ok || secret === undefined) return seeOther(`${path}?loi=khong`)
  const parsed = parseGiftForm(form.value, await pledgeTakesCards(context, code))
  if (!parsed.ok) return seeOther(`${path}?loi=o`, [returnedCookie(encodeReturnedForm(parsed.refusal), path, isSecure)])
  const changed = await changePledge(context, { code, secret, input: parsed.value })
  if (changed.ok) await closeOutdatedPages(context, code)
  return seeOther(changed.ok ? savedPath(path, changed.value) : `${path}?loi=khong`, [forgetReturned(path, isSecure)])
}
