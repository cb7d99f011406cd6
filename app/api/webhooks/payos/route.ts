import { receiveWebhook } from '@/lib/bank/webhook'
import { serverContext } from '@/lib/context'
import { parsePayosBody } from '@/lib/payments/payos/parse'
import { isFromPayos } from '@/lib/payments/payos/verify'

/** payOS tells of a payment that arrived. */
export async function POST(request: Request): Promise<Response> {
  const { payos } = serverContext()
  return receiveWebhook(request, {
    provider: 'payos',
    name: 'payOS',
    hasKey: payos.checksumKey !== null,
    isAuthentic: (_headers, body) => isFromPayos(payos, body),
    parse: parsePayosBody,
  })
}
