import { proposeRetirement } from '@/lib/funds/commands'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Proposes that an account receives gifts no more: nothing changes before another person approves it. */
export const { GET, POST } = consoleForm('/tai-khoan', async ({ context, staff, fund, fields, done, refused }) => {
  const { retire = '' } = fields
  if (!/^\d{1,9}$/.test(retire)) return refused('unknown_account')
  const accountId = Number(retire)
  const proposed = await act(
    context,
    staff,
    { permission: 'accounts.propose', fundId: fund.id, about: { kind: 'account', id: accountId }, after: { retire: accountId } },
    (inside, by) => proposeRetirement(inside, { accountId, proposedBy: by }),
  )
  return proposed.ok ? done('/tai-khoan?xong=retiring') : refused(proposed.refusal)
})
