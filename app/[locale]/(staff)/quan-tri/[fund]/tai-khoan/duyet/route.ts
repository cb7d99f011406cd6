import { approveReceivingAccount } from '@/lib/funds/commands'
import { act } from '@/lib/staff/act'
import { getFundSettings } from '@/lib/staff/settings'
import { consoleForm } from '../../../console-form'

/** Approves an account that another person proposed: it takes effect after its days in public. */
export const { GET, POST } = consoleForm('/tai-khoan', async ({ context, staff, fund, fields, done, refused }) => {
  const { approve = '' } = fields
  if (!/^\d{1,9}$/.test(approve)) return refused('unknown_account')
  const accountId = Number(approve)
  const approved = await act(
    context,
    staff,
    {
      ...{ permission: 'accounts.approve', fundId: fund.id, about: { kind: 'account', id: accountId } },
      after: ({ effectiveFrom }: { effectiveFrom: Date }) => ({ effectiveFrom: effectiveFrom.toISOString() }),
    },
    async (inside, by) =>
      approveReceivingAccount(inside, { accountId, approvedBy: by, delayDays: (await getFundSettings(inside, fund.id)).accountDelayDays }),
  )
  return approved.ok ? done('/tai-khoan?xong=approved') : refused(approved.refusal)
})
