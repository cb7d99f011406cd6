import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { streamed } from '@/lib/http/streamed'
import { openLineFile } from '@/lib/public-lines/files'

/** A closed day, month or year of the statement, byte for byte as it was made. */
export async function GET(request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params
  const period = /^sao-ke-(\d{4}(?:-\d{2}){0,2})\.csv$/.exec(name)?.[1]
  const file = period === undefined ? null : await openLineFile(serverContext(), period)
  if (file === null) return problem(404, 'No such file', 'There are files of closed days, months and years: see /sao-ke/tep.')
  if (file === 'anew')
    return problem(503, 'Being made anew', 'A line of it changed. Please ask again in some minutes.', { 'Retry-After': '120' })
  const etag = `"${file.sha256}"`
  const headers = {
    ETag: etag,
    'Cache-Control': 'no-cache',
    'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
  }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(streamed(file.stream), {
    headers: {
      ...headers,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename="${name}"`,
    },
  })
}
