import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { streamed } from '@/lib/http/streamed'
import { findLineFile, readLineFile } from '@/lib/public-lines/files'

interface Props {
  params: Promise<{ name: string }>
}

/** A closed day, month or year of the statement, byte for byte as it was made. */
export const GET = (request: Request, props: Props): Promise<Response> => answer(request, props, true)
/** What is said of it; none of its bytes is read. */
export const HEAD = (request: Request, props: Props): Promise<Response> => answer(request, props, false)

async function answer(request: Request, { params }: Props, isWhole: boolean): Promise<Response> {
  const { name } = await params
  const context = serverContext()
  const period = /^sao-ke-(\d{4}(?:-\d{2}){0,2})\.csv$/.exec(name)?.[1]
  const file = period === undefined ? null : await findLineFile(context.db, period)
  if (file === null) return problem(404, 'No such file', 'There are files of closed days, months and years: see /sao-ke/tep.')
  if (file === 'anew')
    return problem(503, 'Being made anew', 'A line of it changed. Please ask again in some minutes.', { 'Retry-After': '120' })
  const etag = `"${file.sha256}"`
  const headers = {
    ETag: etag,
    // Tag and digest are of these very bytes: nobody compresses them on the way.
    'Cache-Control': 'no-cache, no-transform',
    'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
  }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const bytes = isWhole ? readLineFile(context, file) : undefined
  return new Response(bytes && streamed(bytes, request.signal), {
    headers: {
      ...headers,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename="${name}"`,
    },
  })
}
