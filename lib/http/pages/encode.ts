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

/** Finished bytes of a page or a file in every encoding, each with the name that changes when the page does. */
export interface EncodedPage {
  bodies: Record<Encoding, Buffer>
  /** Strong entity tags (RFC 9110, 8.8.3): encodings differ in bytes, so they differ in tag. */
  etags: Record<Encoding, string>
  heads: Record<Encoding, Heads>
  size: number
}

/** What is said of a page beside its bytes. */
interface Saying {
  /** Headers that every answer carries, as raw names and values in turn. */
  always?: readonly string[]
  type?: string
  /** Readers ask again each time, unless something else is said: that costs them nothing while the page is the same. */
  cacheControl?: string
}

/** Encodes a page for one reader, quickly. */
export async function encodeBody(html: string | Buffer, encoding: Encoding): Promise<Buffer> {
  const identity = typeof html === 'string' ? Buffer.from(html, 'utf8') : html
  if (encoding === 'br') return compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  return encoding === 'gzip' ? compressGzip(identity, { level: 5 }) : identity
}

/** Encodes a page once for all who read it until it changes. */
export const encodePage = (html: string, saying: Saying = {}): Promise<EncodedPage> =>
  encode(Buffer.from(html, 'utf8'), saying, { br: 6, gzip: 6 }, () => true)

/** Encodes a file as well as can be, once for as long as the process runs. Bytes that would not become fewer stay as they are. */
export const encodeFile = (bytes: Buffer, saying: Saying): Promise<EncodedPage> =>
  encode(bytes, saying, { br: constants.BROTLI_MAX_QUALITY, gzip: 9 }, (body) => body.length < 0.95 * bytes.length)

async function encode(
  identity: Buffer,
  saying: Saying,
  quality: { br: number; gzip: number },
  isWorthIt: (body: Buffer) => boolean,
): Promise<EncodedPage> {
  const digest = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
  const plain = { body: identity, etag: `"${digest}"`, heads: headsOf('identity', `"${digest}"`, identity.length, saying) }
  const inEncoding = (encoding: 'br' | 'gzip', body: Buffer) => {
    if (!isWorthIt(body)) return plain
    const etag = `"${digest}-${encoding}"`
    return { body, etag, heads: headsOf(encoding, etag, body.length, saying) }
  }
  const bodies = await Promise.all([brotli(identity, quality.br), compressGzip(identity, { level: quality.gzip })])
  const br = inEncoding('br', bodies[0])
  const gz = inEncoding('gzip', bodies[1])
  return {
    bodies: { identity, br: br.body, gzip: gz.body },
    etags: { identity: plain.etag, br: br.etag, gzip: gz.etag },
    heads: { identity: plain.heads, br: br.heads, gzip: gz.heads },
    size: [...new Set([identity, br.body, gz.body])].reduce((sum, { length }) => sum + length, 0),
  }
}

const brotli = (bytes: Buffer, quality: number): Promise<Buffer> =>
  compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })

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
