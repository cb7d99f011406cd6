import { withdrawProposal } from '@/lib/funds/commands'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Withdraws what one proposed oneself of an account, before another person approved it. */
export const { GET, POST } = consoleForm('/tai-khoan', async ({ context, staff, fund, fields, done, refused }) => {
  const [, what, id = ''] = /^(account|retirement) (\d{1,9})$/.exec(fields['withdraw'] ?? '') ?? []
  if (what !== 'account' && what !== 'retirement') return refused('unknown_account')
  const accountId = Number(id)
  const withdrawn = await act(
    context,
    staff,
    { permission: 'accounts.propose', fundId: fund.id, about: { kind: 'fund', id: fund.id }, after: { withdrawn: what } },
    (inside, by) => withdrawProposal(inside, { fundId: fund.id, accountId, of: what, by }),
  )
  return withdrawn.ok ? done('/tai-khoan?xong=withdrawn') : refused(withdrawn.refusal)
})
