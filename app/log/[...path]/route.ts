import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { findLogFile, type LogFile } from '@/lib/public-log/serve'
import { findWitnessFile } from '@/lib/witness/serve'

interface Props {
  params: Promise<{ path: string[] }>
}

/** A file of the public log, to whoever asks: it is there to be checked, from whatever page (lib/http/security.ts). */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { path } = await params
  const { db, witness } = serverContext()
  const file: LogFile | null =
    path[0] === 'witness' ? findWitnessFile(witness, path.slice(1).join('/')) : await findLogFile(db, path.join('/'))
  if (!file)
    return problem(404, 'Not in the log', 'There is no such file in the public log, or not yet. /log/checkpoint says how large it is.')
  return new Response(Buffer.from(file.bytes), {
    headers: {
      'Content-Type': file.isText ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'Content-Length': String(file.bytes.length),
      // A tile never changes, a partial one neither: it is named by its width.
      'Cache-Control': file.isText ? 'public, max-age=1' : 'public, max-age=31536000, immutable',
    },
  })
}
