import { readSpendOriginal } from '@/lib/evidence/papers'
import { PAPER_ENDINGS } from '@/lib/files/paper-type'
import { whereSpendStands } from '@/lib/spend-desk/queries'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../../../own-file'

interface Props {
  params: Promise<{ locale: string; fund: string; number: string; paper: string }>
}

/** A quotation or an invoice as it came, for those of the fund who decide on the spend: as a file, never as a page. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, number, paper } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    if (!/^\d{1,9}$/.test(number) || !/^\d{1,9}$/.test(paper)) return null
    const stands = await whereSpendStands(context, fund.id, BigInt(number))
    if (!stands || !isAllowed(staff.roles, 'spend_papers.read', { fundId: fund.id, ...stands })) return null
    const found = await readSpendOriginal(context, { spendId: BigInt(number), paperId: BigInt(paper) })
    return found && { ...found, name: `khoan-chi-${number}-${paper}.${PAPER_ENDINGS[found.type]}` }
  })
}
