import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { forgetKey } from '@/lib/pledges/cookies'
import { gatheredCookies, without } from '@/lib/pledges/gathered'
import { ownButton, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Takes the secret of a gift from a browser that others use as well, also where it was gathered for a statement. */
export async function POST(_request: Request, props: Props): Promise<Response> {
  const { code, path, gathered } = await ownButton(props)
  const isSecure = serverContext().origin.startsWith('https:')
  const left = without(gathered, code)
  return seeOther(`${path}?da=quen`, [
    ...forgetKey(code, isSecure),
    ...(left.length === gathered.length ? [] : gatheredCookies(left, isSecure)),
  ])
}
