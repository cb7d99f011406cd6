import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import { serverContext, type Context } from '../context'
import { readBody } from '../http/body'
import { parseStorableJson } from '../http/json'
import { problem } from '../http/problem'
import { describeError, log } from '../log'
import { keepUnreadableNotice, receiveBankNotices } from './commands'
import type { BankNotice, Provider } from './model'
import { arrive } from './told'

const MAX_BODY_BYTES = 256 * 1024
/** What is not understood is kept one by one, and leaves connections to those who read; what is, is booked together. */
const inTurn = pLimit(2)

/** What is particular to one aggregator. */
export interface BankWebhook {
  provider: Provider
  /** How the aggregator calls itself. */
  name: string
  hasKey: boolean
  /** @param headers looked up in lower case */
  isAuthentic: (headers: (name: string) => string | null, body: Buffer, now: Date) => boolean
  /** Each line that the body tells of, null for one that was not understood. */
  parse: (body: unknown) => readonly (BankNotice | null)[]
}

/**
 * Answers an aggregator that tells of bank lines: with success only once every line is safely stored. What is authentic
 * and not understood is kept for a person.
 */
export async function receiveWebhook(request: Request, webhook: BankWebhook): Promise<Response> {
  const context = serverContext()
  const { provider, name } = webhook
  if (!webhook.hasKey) {
    return problem(503, 'Not configured', `This site has no key for ${name} yet. Nothing was kept; please send it again later.`)
  }
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === null) return problem(413, 'Too large', `A notice has at most ${MAX_BODY_BYTES / 1024} kB. Nothing was kept.`)
  if (!webhook.isAuthentic((header) => request.headers.get(header), body, context.now())) {
    log.warn({ event: 'webhook_refused', provider, bytes: body.length })
    return problem(401, 'Not authentic', 'The key or signature is missing or wrong, or was made too long ago. Nothing was kept.')
  }
  try {
    const outcomes = await store(context, webhook, body)
    log.info({ event: 'webhook_stored', provider, outcomes })
    return Response.json({ success: true })
  } catch (error) {
    log.error({ event: 'webhook_failed', provider, error: describeError(error) })
    const detail = 'Not all of the notice could be stored just now. Please send it again: no line is counted twice.'
    return problem(503, 'Not stored', detail, { 'Retry-After': '5' })
  }
}

/** @returns how many lines had which outcome */
async function store(context: Context, { provider, parse }: BankWebhook, body: Buffer): Promise<Record<string, number>> {
  const json = parseStorableJson(body.toString('utf8'))
  const lines = parse(json.value)
  const outcomes: Record<string, number> = {}
  const notices = lines.filter((notice) => notice !== null).map((notice) => arrive(notice, context.now()))
  for (const outcome of await receiveBankNotices(context, notices)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  if (lines.includes(null)) {
    const providerEventId = `unread:${createHash('sha256').update(body).digest('hex')}`
    await inTurn(() => keepUnreadableNotice(context, { provider, providerEventId, body: json.stored }))
    outcomes['not_understood'] = lines.filter((notice) => notice === null).length
  }
  return outcomes
}
