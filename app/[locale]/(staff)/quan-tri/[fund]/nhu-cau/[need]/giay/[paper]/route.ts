import { staffAsking } from '@/lib/console/asked'
import { serverContext } from '@/lib/context'
import { getNeedDesk } from '@/lib/needs/desk'
import { readNeedPaper } from '@/lib/needs/papers'
import { isAllowed } from '@/lib/staff/permissions'

interface Props {
  params: Promise<{ fund: string; need: string; paper: string }>
}

const ENDINGS = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
const NOTHING = { status: 404, headers: { 'Cache-Control': 'private, no-store' } }

/** A document that proves a need, for the fund's own people: handed over as a file, never shown as a page. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, need: needId, paper: paperId } = await params
  const context = serverContext()
  const staff = await staffAsking(context, request.headers, 'vi')
  const fund = staff?.isComplete ? staff.funds.find((one) => one.slug === slug) : undefined
  if (!staff || !fund || !/^\d{1,9}$/.test(needId) || !/^\d{1,18}$/.test(paperId)) return new Response(null, NOTHING)
  const need = await getNeedDesk(context, Number(needId), 'vi')
  const isOpen = need?.fundId === fund.id && isAllowed(staff.roles, 'needs.read', { fundId: fund.id, communeId: need.unitId })
  if (!isOpen || !need.papers.some(({ id }) => id === paperId)) return new Response(null, NOTHING)
  const paper = await readNeedPaper(context, BigInt(paperId))
  if (!paper) return new Response(null, NOTHING)
  return new Response(Buffer.from(paper.bytes), {
    headers: {
      'Content-Type': paper.type,
      'Content-Disposition': `attachment; filename="nhu-cau-${needId}-${paperId}.${ENDINGS[paper.type]}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })
}
