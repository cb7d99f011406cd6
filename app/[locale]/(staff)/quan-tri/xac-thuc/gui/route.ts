import { proveFactor } from '@/lib/staff/sign-in/factors'
import { backToCode, takeCode, type ProvingProps } from '../proving'

const PAGE = '/quan-tri/xac-thuc'

/** Takes a code of the app, or a recovery code. */
export const POST = (request: Request, props: Pick<ProvingProps, 'params'>): Promise<Response> =>
  takeCode(request, props, PAGE, proveFactor)

export const GET = (_request: Request, props: Pick<ProvingProps, 'params'>): Promise<Response> => backToCode(props, PAGE)
