import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { getGiftProgress } from '@/lib/pledges/progress'

/** Tells a waiting page whether its gift has moved: `mark` changes whenever the page would read differently. */
export async function GET(_request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  const { code } = await params
  const progress = await getGiftProgress(serverContext(), code)
  if (!progress) return problem(404, 'Unknown code', 'No gift has this code. Check the nine characters that begin with TD.')
  return Response.json(progress, { headers: { 'Cache-Control': 'no-store' } })
}
