import { approveReceivingAccount, approveRetirement } from '@/lib/funds/commands'
import { act } from '@/lib/staff/act'
import { getFundSettings } from '@/lib/staff/settings'
import { consoleForm, type SentForm } from '../../../console-form'

/** Approves what another person proposed, an account or that it receives no more: in effect after its days in public. */
export const { GET, POST } = consoleForm('/tai-khoan', async (form) => {
  const { context, staff, fund, fields, done, refused } = form
  const { approve = '' } = fields
  if (fields['approve-retirement'] !== undefined) return retire(form, fields['approve-retirement'])
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

async function retire({ context, staff, fund, done, refused }: SentForm, id: string): Promise<Response> {
  if (!/^\d{1,9}$/.test(id)) return refused('unknown_account')
  const accountId = Number(id)
  const approved = await act(
    context,
    staff,
    {
      ...{ permission: 'accounts.approve', fundId: fund.id, about: { kind: 'account', id: accountId } },
      after: ({ retiresAt }: { retiresAt: Date }) => ({ retiresAt: retiresAt.toISOString() }),
    },
    async (inside, by) =>
      approveRetirement(inside, { accountId, approvedBy: by, delayDays: (await getFundSettings(inside, fund.id)).accountDelayDays }),
  )
  return approved.ok ? done('/tai-khoan?xong=retired') : refused(approved.refusal)
}
