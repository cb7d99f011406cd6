import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RenderedPage } from '../pages/cache'
import { sendRendered } from '../pages/respond'
import { readBytes } from '../read-bytes'
import type { Refusal } from './budget'
import { limitDocument, type SentForm } from './document'

/** A form of ours is never longer. */
const MOST_BYTES = 16_384
const MOST_FIELDS = 50

/**
 * The answer 429 with the fields of draft-ietf-httpapi-ratelimit-headers-11 (RateLimit-Policy, RateLimit) and
 * Retry-After: a page for people, which carries what they typed, and a problem document (RFC 9457) for interfaces.
 * @param url path and query of the request
 * @param sent the form that is not taken; null where a page was only asked for
 */
export function refusalPage(url: string, refusal: Refusal, sent: SentForm | null): RenderedPage {
  const { policy, scope, quota, retrySeconds } = refusal
  const name = `"${policy}-${scope}"`
  const isInterface = url.startsWith('/api/')
  return {
    status: 429,
    headers: {
      'ratelimit-policy': `${name};q=${quota.points};w=${quota.seconds}`,
      ratelimit: `${name};r=0;t=${retrySeconds}`,
      'retry-after': String(retrySeconds),
      'cache-control': 'no-store',
      'content-type': isInterface ? 'application/problem+json' : 'text/html; charset=utf-8',
    },
    html: isInterface ? problemOf(refusal) : limitDocument(/^\/en(?:\/|$)/.test(url) ? 'en' : 'vi', refusal, sent),
  }
}

/** Turns a request away, with what was typed where it sent a form. */
export async function refuse(request: IncomingMessage, response: ServerResponse, url: string, refusal: Refusal): Promise<void> {
  await sendRendered(request, response, refusalPage(url, refusal, await sentForm(request, url)))
}

const problemOf = ({ policy, scope, retrySeconds }: Refusal): string =>
  JSON.stringify({
    type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
    title: 'Too many requests',
    status: 429,
    detail: `Nothing was kept. ${scope === 'site' ? 'The site is very busy' : 'Too much came from this address'}; please try again in ${retrySeconds} s.`,
    'violated-policies': [`${policy}-${scope}`],
  })

/** What a person typed goes back to them, so that it is not typed twice. */
async function sentForm(request: IncomingMessage, url: string): Promise<SentForm | null> {
  if (request.method === 'GET' || request.method === 'HEAD') return null
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
  const body = isForm ? await readBytes(request, MOST_BYTES) : null
  return { action: url, fields: body ? [...new URLSearchParams(body.toString('utf8'))].slice(0, MOST_FIELDS) : null }
}
