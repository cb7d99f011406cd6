import { staffAsking } from '@/lib/console/asked'
import { serverContext, type ServerContext } from '@/lib/context'
import { readBody } from '@/lib/http/body'
import type { Staff, StaffFund } from '@/lib/staff/model'
import { receiveChunk } from '@/lib/uploads/commands'
import { MOST_CHUNK_BYTES } from '@/lib/uploads/model'
import { chunkShape } from '@/lib/uploads/schema'

const answer = (status: number, said: { received: number } | { refusal: string }): Response =>
  Response.json(said, { status, headers: { 'Cache-Control': 'no-store' } })

/**
 * Takes a chunk of a photo or a paper, for a script alone (public/js/uploads.js): nothing of the fund changes before the
 * form it belongs to is sent. An empty chunk asks how much is here.
 * @param mayAdd whether who asks may add files to the page's thing
 */
export async function takeChunk(
  request: Request,
  slug: string,
  mayAdd: (context: ServerContext, staff: Staff, fund: StaffFund) => Promise<boolean>,
): Promise<Response> {
  const context = serverContext()
  const staff = await staffAsking(context, request.headers, 'vi')
  if (!staff?.isComplete) return answer(401, { refusal: 'signed_out' })
  const fund = staff.funds.find((one) => one.slug === slug)
  if (!fund || !(await mayAdd(context, staff, fund))) return answer(403, { refusal: 'not_allowed' })
  const said = chunkShape.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!said.success) return answer(400, { refusal: 'not_an_upload' })
  const data = await readBody(request, MOST_CHUNK_BYTES)
  if (!data) return answer(413, { refusal: 'too_long' })
  const taken = await receiveChunk(context, { ...said.data, by: staff.id, data })
  return taken.ok ? answer(200, taken.value) : answer(409, { refusal: taken.refusal })
}
