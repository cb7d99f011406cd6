import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

export type Encoding = 'br' | 'gzip' | 'identity'

/** Finished bytes of a page in every encoding, each with the name that changes when the page does. */
export interface EncodedPage {
  bodies: Record<Encoding, Buffer>
  /** Strong entity tags (RFC 9110, 8.8.3): encodings differ in bytes, so they differ in tag. */
  etags: Record<Encoding, string>
  size: number
  /** Media type with its charset. */
  type: string
}

/** Encodes a page for one reader, quickly. */
export async function encodeBody(html: string, encoding: Encoding): Promise<Buffer> {
  const identity = Buffer.from(html, 'utf8')
  if (encoding === 'br') return compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  return encoding === 'gzip' ? compressGzip(identity, { level: 5 }) : identity
}

/** Encodes a page once for all who read it. */
export async function encodePage(html: string, type = 'text/html; charset=utf-8'): Promise<EncodedPage> {
  const identity = Buffer.from(html, 'utf8')
  const [br, gz] = await Promise.all([
    compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } }),
    compressGzip(identity, { level: 6 }),
  ])
  const digest = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
  return {
    bodies: { identity, br, gzip: gz },
    etags: { identity: `"${digest}"`, br: `"${digest}-br"`, gzip: `"${digest}-gz"` },
    size: identity.length + br.length + gz.length,
    type,
  }
}
