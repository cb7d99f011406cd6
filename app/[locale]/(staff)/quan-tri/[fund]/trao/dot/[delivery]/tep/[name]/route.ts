import { getDeskDelivery } from '@/lib/delivery/desk-deliveries'
import { readDeskFile } from '@/lib/evidence/desk'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../../../../own-file'

interface Props {
  params: Promise<{ locale: string; fund: string; delivery: string; name: string }>
}

/** A photo or a redacted copy for who is to release it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, delivery: id, name } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    if (!/^\d{1,9}$/.test(id)) return null
    const delivery = await getDeskDelivery(context, { fundId: fund.id, deliveryId: BigInt(id) }, 'vi')
    const isOpen = delivery && isAllowed(staff.roles, 'evidence.read', { fundId: fund.id, communeId: delivery.communeId })
    return isOpen ? readDeskFile(context, { deliveryId: BigInt(id) }, name) : null
  })
}
