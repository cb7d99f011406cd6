import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { streamed } from '@/lib/http/streamed'
import { findLineFile, readLineFile, type MadeFile } from '@/lib/public-lines/files'
import { linesPath } from '@/lib/public-lines/schema'
import { periodDays } from '@/lib/time/day'

interface Props {
  params: Promise<{ name: string }>
}

/** A closed day, month or year of the statement: byte for byte as it was made, or, where something changed since, as it is now. */
export const GET = (request: Request, props: Props): Promise<Response> => answer(request, props, true)
/** What is said of it; none of its bytes is read. */
export const HEAD = (request: Request, props: Props): Promise<Response> => answer(request, props, false)

async function answer(request: Request, { params }: Props, isWhole: boolean): Promise<Response> {
  const { name } = await params
  const context = serverContext()
  const period = /^sao-ke-(2\d{3}(?:-\d{2}){0,2})\.csv$/.exec(name)?.[1] ?? ''
  const file = await findLineFile(context.db, period)
  if (file === null) return problem(404, 'No such file', 'There are files of closed days, months and years: see /sao-ke/tep.')
  // Too much of it changed to be read beside other files: its lines are sent as any other result, which few take at a time.
  if (file === 'many') {
    const location = linesPath({ ...periodDays(period), sort: 'oldest' }, '/sao-ke.csv')
    return new Response(null, { status: 307, headers: { Location: location, 'Cache-Control': 'no-store' } })
  }
  const headers = file.made ? headersOf(file.made) : { 'Cache-Control': 'no-store' }
  if (file.made && request.headers.get('if-none-match') === tagOf(file.made)) return new Response(null, { status: 304, headers })
  const bytes = isWhole ? readLineFile(context, file) : undefined
  return new Response(bytes && streamed(bytes, request.signal), {
    headers: {
      ...headers,
      ...(file.made && { 'Content-Length': String(file.made.bytes) }),
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
    },
  })
}

const tagOf = ({ sha256 }: MadeFile): string => `"${sha256}"`

/** Tag and digest are of these very bytes: nobody compresses them on the way. */
const headersOf = (made: MadeFile) => ({
  ETag: tagOf(made),
  'Cache-Control': 'no-cache, no-transform',
  'Repr-Digest': `sha-256=:${Buffer.from(made.sha256, 'hex').toString('base64')}:`,
})
