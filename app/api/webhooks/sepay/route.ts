import { receiveWebhook } from '@/lib/bank/webhook'
import { serverContext } from '@/lib/context'
import { parseSepayBody } from '@/lib/payments/sepay/parse'
import { isFromSepay } from '@/lib/payments/sepay/verify'

/** SePay tells of a bank line. */
export async function POST(request: Request): Promise<Response> {
  const { sepay } = serverContext()
  return receiveWebhook(request, {
    provider: 'sepay',
    name: 'SePay',
    hasKey: sepay.apiKey !== null || sepay.webhookSecret !== null,
    isAuthentic: (headers, body, now) => isFromSepay(sepay, headers, body, now),
    parse: (body) => [parseSepayBody(body)],
  })
}
