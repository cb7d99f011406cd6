import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import { keepUnreadableNotice, receiveBankNotice } from '@/lib/bank/commands'
import { serverContext, type ServerContext } from '@/lib/context'
import { readBody } from '@/lib/http/body'
import { parseStorableJson } from '@/lib/http/json'
import { problem } from '@/lib/http/problem'
import { describeError, log } from '@/lib/log'
import { parseSepayBody } from '@/lib/payments/sepay/parse'
import { isFromSepay } from '@/lib/payments/sepay/verify'

const MAX_BODY_BYTES = 64 * 1024
/** A storm of notices waits in line and leaves connections to those who read. */
const inTurn = pLimit(4)

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
    const detail = 'The key or signature is missing or wrong, or the timestamp is more than five minutes off. Nothing was kept.'
    return problem(401, 'Not authentic', detail)
  }
  try {
    const outcome = await inTurn(() => store(context, body))
    log.info({ event: 'webhook_stored', provider: 'sepay', outcome })
    return Response.json({ success: true })
  } catch (error) {
    log.error({ event: 'webhook_failed', provider: 'sepay', error: describeError(error) })
    return problem(503, 'Not stored', 'The notice could not be stored just now. Nothing was kept; please send it again.', {
      'Retry-After': '5',
    })
  }
}

async function store(context: ServerContext, body: Buffer): Promise<string> {
  const json = parseStorableJson(body.toString('utf8'))
  const notice = parseSepayBody(json.value)
  if (notice) return receiveBankNotice(context, notice)
  const providerEventId = `unread:${createHash('sha256').update(body).digest('hex')}`
  await keepUnreadableNotice(context, { provider: 'sepay', providerEventId, body: json.stored })
  return 'not_understood'
}
