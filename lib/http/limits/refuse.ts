import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBytes } from '../read-bytes'
import type { Refusal } from './budget'
import { limitDocument, type SentForm } from './document'

/** A form of ours is never longer. */
const MOST_BYTES = 16_384
const MOST_FIELDS = 50

/**
 * Answers 429 with the fields of draft-ietf-httpapi-ratelimit-headers-11 (RateLimit-Policy, RateLimit) and Retry-After:
 * a page for people, which carries what they typed, and a problem document (RFC 9457) for interfaces.
 * @param url path and query of the request
 */
export async function refuse(request: IncomingMessage, response: ServerResponse, url: string, refusal: Refusal): Promise<void> {
  const { policy, scope, quota, retrySeconds } = refusal
  const name = `"${policy}-${scope}"`
  response.statusCode = 429
  response.setHeader('RateLimit-Policy', `${name};q=${quota.points};w=${quota.seconds}`)
  response.setHeader('RateLimit', `${name};r=0;t=${retrySeconds}`)
  response.setHeader('Retry-After', retrySeconds)
  response.setHeader('Cache-Control', 'no-store')
  const isInterface = /^\/api\//.test(url)
  response.setHeader('Content-Type', isInterface ? 'application/problem+json' : 'text/html; charset=utf-8')
  const body = isInterface
    ? problemOf(refusal)
    : limitDocument(/^\/en(?:\/|$)/.test(url) ? 'en' : 'vi', refusal, await sentForm(request, url))
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(request.method === 'HEAD' ? undefined : body)
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
