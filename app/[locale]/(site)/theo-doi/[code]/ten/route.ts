import { serverContext } from '@/lib/context'
import { setNameShown } from '@/lib/pledges/name-shown'
import { ownChoice, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Hides or shows the donor's name. */
export const POST = (request: Request, props: Props): Promise<Response> =>
  ownChoice(request, props, ({ isOn, ...own }) => setNameShown(serverContext(), { ...own, isShown: isOn }))
