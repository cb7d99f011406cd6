import { getDeskDelivery } from '@/lib/delivery/desk-deliveries'
import { isAllowed } from '@/lib/staff/permissions'
import { takeChunk } from '../../../../take-chunk'

interface Props {
  params: Promise<{ locale: string; fund: string; delivery: string }>
}

/** Takes a chunk of a photo or a paper of a delivery. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, delivery: id } = await params
  return takeChunk(request, slug, async (context, staff, fund) => {
    const delivery = /^\d{1,9}$/.test(id) ? await getDeskDelivery(context, { fundId: fund.id, deliveryId: BigInt(id) }, 'vi') : null
    return delivery !== null && isAllowed(staff.roles, 'evidence.add', { fundId: fund.id, communeId: delivery.communeId })
  })
}
