import { readDeskFile } from '@/lib/evidence/desk'
import { whereSpendStands } from '@/lib/spend-desk/queries'
import { isAllowed } from '@/lib/staff/permissions'
import { ownFile } from '../../../../own-file'

interface Props {
  params: Promise<{ locale: string; fund: string; number: string; name: string }>
}

/** A redacted copy of a paper of a spend, for who is to release it. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { fund: slug, number, name } = await params
  return ownFile(request, slug, async (context, staff, fund) => {
    const stands = /^\d{1,9}$/.test(number) ? await whereSpendStands(context, fund.id, BigInt(number)) : null
    const isOpen = stands && isAllowed(staff.roles, 'evidence.read', { fundId: fund.id, ...stands })
    return isOpen ? readDeskFile(context, { spendId: BigInt(number) }, name) : null
  })
}
