import { createHash } from 'node:crypto'
import { keepUnreadableNotice, receiveBankNotice } from '@/lib/bank/commands'
import { serverContext } from '@/lib/context'
import { parseStorableJson } from '@/lib/http/json'
import { problem, readBody } from '@/lib/http/problem'
import { log } from '@/lib/log'
import { parseSepayBody } from '@/lib/payments/sepay/parse'
import { isFromSepay } from '@/lib/payments/sepay/verify'

const MAX_BODY_BYTES = 64 * 1024

/** SePay tells of a bank line. Answered with success only once it is safely stored. */
export async function POST(request: Request): Promise<Response> {
  const context = serverContext()
  const { sepay } = context
  if (sepay.apiKey === null && sepay.webhookSecret === null) {
    return problem(503, 'Not configured', 'This site has no key for SePay yet. Nothing was kept; please send it again later.')
  }
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === null) return problem(413, 'Too large', 'A notice has at most 64 kB. Nothing was kept.')
  if (!isFromSepay(sepay, (name) => request.headers.get(name), body, context.now())) {
    log.warn({ event: 'webhook_refused', provider: 'sepay', bytes: body.length })
    return problem(
      401,
      'Not authentic',
      'The key or signature is missing or wrong, or the timestamp is more than five minutes off. Nothing was kept.',
    )
  }
  const json = parseStorableJson(body)
  const notice = parseSepayBody(json.value)
  if (!notice) {
    const providerEventId = `unread:${createHash('sha256').update(body).digest('hex')}`
    await keepUnreadableNotice(context, { provider: 'sepay', providerEventId, body: json.stored })
    log.warn({ event: 'webhook_not_understood', provider: 'sepay', bytes: body.length })
    return Response.json({ success: true })
  }
  const outcome = await receiveBankNotice(context, notice)
  log.info({ event: 'webhook_stored', provider: 'sepay', outcome })
  return Response.json({ success: true })
}
