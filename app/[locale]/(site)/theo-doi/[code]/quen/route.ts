import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { forgetKey } from '@/lib/pledges/cookies'
import { ownButton, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Takes the secret of a gift from a browser that others use as well. */
export async function POST(_request: Request, props: Props): Promise<Response> {
  const { code, path } = await ownButton(props)
  return seeOther(`${path}?da=quen`, forgetKey(code, serverContext().origin.startsWith('https:')))
}
