import { receiveWebhook } from '@/lib/bank/webhook'
import { serverContext } from '@/lib/context'
import { parseCassoBody } from '@/lib/payments/casso/parse'
import { isFromCasso } from '@/lib/payments/casso/verify'

/** Casso tells of bank lines: of one (V2) or of several (V1). */
export async function POST(request: Request): Promise<Response> {
  const { casso } = serverContext()
  return receiveWebhook(request, {
    provider: 'casso',
    name: 'Casso',
    hasKey: casso.secureToken !== null || casso.checksumKey !== null,
    isAuthentic: (headers, body, now) => isFromCasso(casso, headers, body, now),
    parse: parseCassoBody,
  })
}
