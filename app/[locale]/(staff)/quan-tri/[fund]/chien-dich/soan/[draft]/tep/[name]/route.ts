import { whereDraftStands } from '@/lib/campaigns/draft-desk'
import { readDeskFile } from '@/lib/evidence/desk'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../../../../own-file'

interface Props {
  params: Promise<{ locale: string; fund: string; draft: string; name: string }>
}

/** A picture of a campaign, for who is to release it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, draft, name } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    const stands = /^\d{1,9}$/.test(draft) ? await whereDraftStands(context, Number(draft)) : null
    const isOpen = stands?.fundId === fund.id && isAllowed(staff.roles, 'evidence.read', { fundId: fund.id, communeId: stands.communeId })
    return isOpen ? readDeskFile(context, { draftId: Number(draft) }, name) : null
  })
}
