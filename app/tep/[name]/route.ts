import { serverContext } from '@/lib/context'
import { findServed } from '@/lib/evidence/served'
import { problem } from '@/lib/http/problem'

interface Props {
  params: Promise<{ name: string }>
}

/**
 * A browser may keep a photo or a logo for ever, for its address names its bytes; nobody in between may, for they would not hear
 * that it was withdrawn.
 */
const OF_A_PHOTO = 'private, max-age=31536000, immutable'
const OF_A_PAPER = 'private, no-cache'

/** A photo, a paper or a logo that was released; whether it still may be shown is asked at each request. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { name } = await params
  const found = await findServed(serverContext(), name)
  if (found.kind === 'unknown') return problem(404, 'No such file', 'There is no file at this address.')
  if (found.kind === 'gone') return problem(410, 'Withdrawn', 'This file was withdrawn and is not shown any more.')
  const headers = {
    'Content-Type': found.type,
    'Content-Disposition': `inline; filename="${name.slice(0, 12)}${name.slice(name.indexOf('.'))}"`,
    'Cache-Control': found.what === 'paper' ? OF_A_PAPER : OF_A_PHOTO,
    ETag: `"${name}"`,
  }
  if (request.headers.get('if-none-match') === headers.ETag) return new Response(null, { status: 304, headers })
  return new Response(Buffer.from(found.bytes), { headers: { ...headers, 'Content-Length': String(found.bytes.length) } })
}
