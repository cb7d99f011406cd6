import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import { PASSING, type RenderedPage } from './cache'
import { encodeBody, type EncodedPage, type Encoding } from './encode'

const ENCODINGS: Encoding[] = ['br', 'gzip', 'identity']

/** Browsers say one of a few dozen things about encodings: what was understood once is remembered. */
const understood = new LRUCache<string, Encoding>({ max: 200 })
const LONGEST_REMEMBERED = 200

/** What a browser takes most gladly (RFC 9110, 12.5.3), and of what it takes equally gladly the smallest. */
function chooseEncoding(request: IncomingMessage): Encoding {
  const said = String(request.headers['accept-encoding'] ?? '')
  const known = understood.get(said)
  if (known) return known
  // Of equals the first is taken.
  const ordered = said.split(',').sort((one, other) => smallness(one) - smallness(other))
  const [accepted] = new Negotiator({ headers: { 'accept-encoding': ordered.join(',') } }).encodings([...ENCODINGS])
  const encoding = ENCODINGS.find((one) => one === accepted) ?? 'identity'
  if (said.length <= LONGEST_REMEMBERED) understood.set(said, encoding)
  return encoding
}

const smallness = (said: string): number =>
  ENCODINGS.findIndex((one) => said.trim().toLowerCase().startsWith(one)) + 1 || ENCODINGS.length + 1

/**
 * Sends a finished page or file: 304 where the browser has these very bytes, else the finished bytes of its encoding,
 * in one write, with a head that was made when the page was.
 */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: EncodedPage): void {
  const encoding = chooseEncoding(request)
  const { whole, bare } = page.heads[encoding]
  const etag = page.etags[encoding]
  const { 'if-match': wanted, 'if-none-match': had } = request.headers
  if (wanted !== undefined && !isAmong(etag, wanted)) {
    response.writeHead(412, [...bare, 'Content-Length', '0'])
    response.end()
  } else if (had !== undefined && isAmong(etag, had.replaceAll('W/', ''))) {
    response.writeHead(304, bare)
    response.end()
  } else {
    response.writeHead(200, whole)
    response.end(request.method === 'HEAD' ? undefined : page.bodies[encoding])
  }
}

/** Whether a list of tags names one, or any (RFC 9110, 13.1): strongly, unless marks of weak tags were taken away. */
const isAmong = (etag: string, list: string): boolean => list.trim() === '*' || list.split(',').some((tag) => tag.trim() === etag)

/** Headers that belong to the bytes as they were rendered, not to those that are sent. */
const OF_THE_BYTES = new Set([
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'date',
  'etag',
  'vary',
  PASSING,
])

/** Sends a page that belongs to one visitor, or an answer that is no page, as it was rendered. Nobody keeps it. */
export async function sendRendered(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, html }: RenderedPage,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !OF_THE_BYTES.has(name)) response.setHeader(name, value)
  // Where to go on stands in the head; Next says it once more in a body of no declared type.
  const text = status >= 300 && status < 400 ? '' : html
  const encoding = typeof text === 'string' && text.length > 1_000 ? chooseEncoding(request) : 'identity'
  const body = await encodeBody(text, encoding)
  response.statusCode = status
  response.setHeader('Vary', 'Accept-Encoding, Cookie')
  response.setHeader('Content-Length', body.length)
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding)
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Sends bytes that everybody gets alike, which may be kept anywhere: once for each encoding, or in one writing where none
 * makes them smaller, as with hashes.
 */
export async function sendAlike(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, html }: RenderedPage,
  { isEncoded }: { isEncoded: boolean },
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !OF_THE_BYTES.has(name)) response.setHeader(name, value)
  const encoding = isEncoded ? chooseEncoding(request) : 'identity'
  const body = await encodeBody(html, encoding)
  response.statusCode = status
  if (isEncoded) response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('Content-Length', body.length)
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding)
  response.end(request.method === 'HEAD' ? undefined : body)
}
