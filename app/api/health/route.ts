import { serverContext } from '@/lib/context'
import { getHealth } from '@/lib/site/health'

/** For load balancers and people on call: 200 when all is well, 503 with what is wrong. */
export async function GET(): Promise<Response> {
  const health = await getHealth(serverContext())
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}

export const dynamic = 'force-dynamic'
