import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** An S3-compatible store that verifies what it is sent as the real ones do (Signature Version 4, checksums). */
export interface FakeS3 {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** What lies in the bucket, by key. */
  objects: Map<string, { bytes: Buffer; type: string }>
  close: () => Promise<void>
}

const KNOWN = { region: 'hn-1', bucket: 'tung-dong', accessKeyId: 'AKIAFAKE', secretAccessKey: 'a-secret-of-this-test' }
const LATEST_MS = 15 * 60_000

/** Starts the fake on a free port. */
export async function startS3(): Promise<FakeS3> {
  const objects: FakeS3['objects'] = new Map()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(objects, request, Buffer.concat(chunks), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    ...{ endpoint: `http://127.0.0.1:${port}`, ...KNOWN, objects },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function answer(objects: FakeS3['objects'], request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const refuse = (status: number, code: string) =>
    response
      .writeHead(status, { 'Content-Type': 'application/xml' })
      .end(
        request.method === 'HEAD'
          ? undefined
          : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
      )
  const wrong = signatureProblem(request, body)
  if (wrong) return void refuse(wrong === 'XAmzContentSHA256Mismatch' ? 400 : 403, wrong)
  const [, bucket = '', ...rest] = new URL(request.url ?? '/', 'http://fake').pathname.split('/')
  const key = rest.map(decodeURIComponent).join('/')
  if (bucket !== KNOWN.bucket) return void refuse(404, 'NoSuchBucket')
  if (key === '') return void (request.method === 'HEAD' ? response.writeHead(200).end() : refuse(405, 'MethodNotAllowed'))
  const object = objects.get(key)
  switch (request.method) {
    case 'PUT': {
      const checksum = request.headers['x-amz-checksum-sha256']
      if (checksum !== undefined && checksum !== createHash('sha256').update(body).digest('base64')) return void refuse(400, 'BadDigest')
      objects.set(key, { bytes: body, type: String(request.headers['content-type'] ?? '') })
      return void response.writeHead(200).end()
    }
    case 'GET':
      if (!object) return void refuse(404, 'NoSuchKey')
      return void response.writeHead(200, { 'Content-Type': object.type, 'Content-Length': object.bytes.length }).end(object.bytes)
    case 'DELETE':
      objects.delete(key)
      return void response.writeHead(204).end()
    default:
      return void refuse(405, 'MethodNotAllowed')
  }
}

/** What is wrong with a request's signature; null where nothing is. */
function signatureProblem(request: IncomingMessage, body: Buffer): string | null {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
  const [, keyId, day = '', region, signedHeaders = '', signature] = said.exec(request.headers.authorization ?? '') ?? []
  if (signature === undefined) return 'AccessDenied'
  if (keyId !== KNOWN.accessKeyId) return 'InvalidAccessKeyId'
  if (region !== KNOWN.region) return 'AuthorizationHeaderMalformed'
  const date = String(request.headers['x-amz-date'] ?? '')
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const ageMs = Math.abs(Date.now() - Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`))
  if (!(ageMs < LATEST_MS) || !date.startsWith(day)) return 'RequestTimeTooSkewed'
  const names = signedHeaders.split(';')
  // Everything that says what is asked must be signed.
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return 'AccessDenied'
  if (Object.keys(request.headers).some((name) => name.startsWith('x-amz-') && !names.includes(name))) return 'AccessDenied'
  const payload = String(request.headers['x-amz-content-sha256'])
  const url = new URL(request.url ?? '/', 'http://fake')
  const query = [...url.searchParams].map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`).sort()
  const headers = names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
  const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), signedHeaders, payload].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const signing = mac(mac(mac(mac(`AWS4${KNOWN.secretAccessKey}`, day), KNOWN.region), 's3'), 'aws4_request')
  if (createHmac('sha256', signing).update(toSign).digest('hex') !== signature) return 'SignatureDoesNotMatch'
  return payload === createHash('sha256').update(body).digest('hex') ? null : 'XAmzContentSHA256Mismatch'
}
