import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { findLogFile, type LogFile } from '@/lib/public-log/serve'

interface Props {
  params: Promise<{ path: string[] }>
}

const TYPES: Record<LogFile['kind'], string> = {
  text: 'text/plain; charset=utf-8',
  tile: 'application/octet-stream',
  bundle: 'application/octet-stream',
}
const compress = promisify(gzip)

/** A file of the public log, to whoever asks and from whatever page: it is there to be checked. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { path } = await params
  const file = await findLogFile(serverContext().db, path.join('/'))
  if (!file)
    return problem(404, 'Not in the log', 'There is no such file in the public log, or not yet. /log/checkpoint says how large it is.')
  const headers: Record<string, string> = {
    'Content-Type': TYPES[file.kind],
    'Cache-Control': file.isForEver ? 'public, max-age=31536000, immutable' : 'public, max-age=1',
    'Access-Control-Allow-Origin': '*',
  }
  if (file.kind !== 'bundle') return new Response(Buffer.from(file.bytes), { headers })
  headers['Vary'] = 'Accept-Encoding'
  if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return new Response(Buffer.from(file.bytes), { headers })
  headers['Content-Encoding'] = 'gzip'
  return new Response(await compress(file.bytes), { headers })
}
