import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { forgetKey } from '@/lib/pledges/cookies'
import { gatheredCookies, returnedLinksCookies } from '@/lib/pledges/gathered'
import { ownButton, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Takes the secret of a gift from a browser that others use as well, and every key that was gathered for a statement with what was typed there. */
export async function POST(_request: Request, props: Props): Promise<Response> {
  const { code, path } = await ownButton(props)
  const isSecure = serverContext().origin.startsWith('https:')
  return seeOther(`${path}?da=quen`, [
    ...forgetKey(code, isSecure),
    ...gatheredCookies([], isSecure),
    ...returnedLinksCookies('', code, isSecure),
  ])
}
