import { closeOutdatedPages } from '@/lib/cards/commands'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { cancelPledge } from '@/lib/pledges/commands'
import { ownButton, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Cancels a pledge, for whose browser holds its secret. */
export async function POST(_request: Request, props: Props): Promise<Response> {
  const { code, path, secret } = await ownButton(props)
  const context = serverContext()
  const cancelled = secret !== undefined && (await cancelPledge(context, { code, secret })).ok
  if (cancelled) await closeOutdatedPages(context, code)
  return seeOther(cancelled ? path : `${path}?loi=khong`)
}
