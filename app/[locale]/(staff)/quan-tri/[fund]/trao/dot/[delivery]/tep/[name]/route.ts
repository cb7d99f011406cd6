import { staffAsking } from '@/lib/console/asked'
import { serverContext } from '@/lib/context'
import { getDeskDelivery } from '@/lib/delivery/desk-deliveries'
import { readDeskFile } from '@/lib/evidence/desk'
import { problem } from '@/lib/http/problem'
import { fileHeaders } from '@/lib/http/security'
import { isAllowed } from '@/lib/staff/permissions'

interface Props {
  params: Promise<{ locale: string; fund: string; delivery: string; name: string }>
}

/** A photo or a redacted copy for who is to release it. Nobody in between keeps it, and neither does the browser. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, delivery: id, name } = await params
  const context = serverContext()
  const unknown = () => problem(404, 'No such file', 'There is no file at this address.')
  const staff = await staffAsking(context, request.headers, 'vi')
  const fund = staff?.funds.find((one) => one.slug === slug)
  if (!staff?.isComplete || !fund || !/^\d{1,9}$/.test(id)) return unknown()
  const delivery = await getDeskDelivery(context, { fundId: fund.id, deliveryId: BigInt(id) }, 'vi')
  if (!delivery || !isAllowed(staff.roles, 'evidence.read', { fundId: fund.id, communeId: delivery.communeId })) return unknown()
  const found = await readDeskFile(context, BigInt(id), name)
  if (!found) return unknown()
  return new Response(Buffer.from(found.bytes), {
    headers: {
      ...fileHeaders(context.origin),
      ...{ 'Content-Type': found.type, 'Content-Length': String(found.bytes.length) },
      ...{ 'Content-Disposition': 'inline', 'Cache-Control': 'private, no-store' },
    },
  })
}
