import { getGoodsGift } from '@/lib/goods/queries'
import { isAllowed } from '@/lib/staff/permissions'
import { takeChunk } from '../../../take-chunk'

interface Props {
  params: Promise<{ locale: string; fund: string; code: string }>
}

/** Takes a chunk of a paper of goods that came. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, code } = await params
  return takeChunk(
    request,
    slug,
    async (context, staff, fund) =>
      isAllowed(staff.roles, 'goods.receive', { fundId: fund.id }) && (await getGoodsGift(context, code, 'vi'))?.fund.slug === slug,
  )
}
