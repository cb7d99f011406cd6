import { PAPER_ENDINGS } from '@/lib/files/paper-type'
import { getNeedDesk } from '@/lib/needs/desk'
import { readNeedPaper } from '@/lib/needs/papers'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../../../own-file'

interface Props {
  params: Promise<{ fund: string; need: string; paper: string }>
}

/** A document that proves a need, for the fund's own people: handed over as a file, never shown as a page. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, need: needId, paper: paperId } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    if (!/^\d{1,9}$/.test(needId) || !/^\d{1,18}$/.test(paperId)) return null
    const need = await getNeedDesk(context, Number(needId), 'vi')
    const isOpen = need?.fundId === fund.id && isAllowed(staff.roles, 'needs.read', { fundId: fund.id, communeId: need.unitId })
    if (!isOpen || !need.papers.some(({ id }) => id === paperId)) return null
    const paper = await readNeedPaper(context, BigInt(paperId))
    return paper && { ...paper, name: `nhu-cau-${needId}-${paperId}.${PAPER_ENDINGS[paper.type]}` }
  })
}
