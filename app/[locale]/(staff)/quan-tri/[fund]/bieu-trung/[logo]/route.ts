import { readDeskLogo } from '@/lib/recognition/logo-desk'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../own-file'

interface Props {
  params: Promise<{ locale: string; fund: string; logo: string }>
}

/** A logo, for who is to release it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, logo } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    if (!/^\d{1,9}$/.test(logo) || !isAllowed(staff.roles, 'logos.read', { fundId: fund.id })) return null
    return readDeskLogo(context, { fundId: fund.id, logoId: BigInt(logo) })
  })
}
