import { confirmFactor } from '@/lib/staff/sign-in/factors'
import { backToCode, takeCode, type ProvingProps } from '../../proving'

const PAGE = '/quan-tri/xac-thuc/moi'

/** Takes the first code of an app that is being set up. */
export const POST = (request: Request, props: Pick<ProvingProps, 'params'>): Promise<Response> =>
  takeCode(request, props, PAGE, confirmFactor)

export const GET = (_request: Request, props: Pick<ProvingProps, 'params'>): Promise<Response> => backToCode(props, PAGE)
