import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

export type Encoding = 'br' | 'gzip' | 'identity'

/** What an answer says before its bytes, as raw names and values in turn: made once, written many times. */
export interface Heads {
  /** For the page itself. */
  whole: string[]
  /** For 304 and 412: nothing of the bytes, which are not sent. */
  bare: string[]
}

/** Finished bytes of a page in every encoding, each with the name that changes when the page does. */
export interface EncodedPage {
  bodies: Record<Encoding, Buffer>
  /** Strong entity tags (RFC 9110, 8.8.3): encodings differ in bytes, so they differ in tag. */
  etags: Record<Encoding, string>
  heads: Record<Encoding, Heads>
  size: number
}

/** Encodes a page for one reader, quickly. */
export async function encodeBody(html: string, encoding: Encoding): Promise<Buffer> {
  const identity = Buffer.from(html, 'utf8')
  if (encoding === 'br') return compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  return encoding === 'gzip' ? compressGzip(identity, { level: 5 }) : identity
}

/** What is said of a page beside its bytes. */
interface Saying {
  /** Headers that every answer carries, as raw names and values in turn. */
  always?: readonly string[]
  /** Media type with its charset. */
  type?: string
  /** Readers ask again each time, unless something else is said: that costs them nothing while the page is the same. */
  cacheControl?: string
}

/** Encodes a page, or a file that is made here, once for all who read it. */
export async function encodePage(html: string, saying: Saying = {}): Promise<EncodedPage> {
  const identity = Buffer.from(html, 'utf8')
  const [br, gz] = await Promise.all([
    compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } }),
    compressGzip(identity, { level: 6 }),
  ])
  const digest = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
  const bodies = { identity, br, gzip: gz }
  const etags = { identity: `"${digest}"`, br: `"${digest}-br"`, gzip: `"${digest}-gz"` }
  const heads = (encoding: Encoding) => headsOf(encoding, etags[encoding], bodies[encoding].length, saying)
  return {
    ...{ bodies, etags },
    heads: { identity: heads('identity'), br: heads('br'), gzip: heads('gzip') },
    size: identity.length + br.length + gz.length,
  }
}

function headsOf(
  encoding: Encoding,
  etag: string,
  bytes: number,
  { always = [], type = 'text/html; charset=utf-8', cacheControl = 'no-cache' }: Saying,
): Heads {
  const bare = [...always, 'ETag', etag, 'Vary', 'Accept-Encoding', 'Cache-Control', cacheControl]
  const ofBytes = ['Content-Type', type, 'Content-Length', String(bytes)]
  return { bare, whole: [...bare, ...ofBytes, ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding])] }
}
