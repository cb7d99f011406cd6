import { serverContext } from '@/lib/context'
import { setPictured } from '@/lib/pledges/pictured'
import { ownChoice, type Props } from '../own-button'

export { backToGift as GET } from '../own-button'

/** Gives the links of a gift a picture of its own, or takes it away. */
export const POST = (request: Request, props: Props): Promise<Response> =>
  ownChoice(request, props, ({ isOn, ...own }) => setPictured(serverContext(), { ...own, isPictured: isOn }))
