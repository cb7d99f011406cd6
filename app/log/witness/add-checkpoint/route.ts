import { serverContext } from '@/lib/context'
import { readBody } from '@/lib/http/body'
import { problem } from '@/lib/http/problem'
import { MOST_WITNESS_BYTES } from '@/lib/witness/witness'

/** Another fund's log asks for a cosignature (C2SP tlog-witness). */
export async function POST(request: Request): Promise<Response> {
  const { witness } = serverContext()
  if (!witness) return problem(404, 'No witness', 'This site cosigns no other log. Nothing was kept.')
  const body = await readBody(request, MOST_WITNESS_BYTES)
  if (body === null) return problem(413, 'Too large', `A request has at most ${MOST_WITNESS_BYTES / 1024} kB. Nothing was kept.`)
  const answer = witness.addCheckpoint(body.toString('utf8'))
  return new Response(answer.body, { status: answer.status, headers: { 'Content-Type': answer.type, 'Cache-Control': 'no-store' } })
}
