import { readDeskFile } from '@/lib/evidence/desk'
import { getGoodsGift } from '@/lib/goods/queries'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../../../own-file'

interface Props {
  params: Promise<{ locale: string; fund: string; code: string; name: string }>
}

/** The redacted copy of a paper of goods, for who is to release it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, code, name } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    if (!isAllowed(staff.roles, 'evidence.read', { fundId: fund.id })) return null
    const isOurs = (await getGoodsGift(context, code, 'vi'))?.fund.slug === slug
    return isOurs ? readDeskFile(context, { goodsCode: code }, name) : null
  })
}
