import { decideBudgetChange } from '@/lib/spending/budget'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Approves or rejects a change of a budget. */
export const { GET, POST } = consoleForm('/chi/du-toan', async ({ context, staff, fund, fields, done, refused }) => {
  const verdict = fields['approved'] === undefined ? 'rejected' : 'approved'
  const id = fields[verdict] ?? ''
  if (!/^\d{1,9}$/.test(id)) return refused('not_found')
  const decided = await act(
    context,
    staff,
    { permission: 'spends.exceed', fundId: fund.id, about: { kind: 'budget_change', id }, after: { verdict } },
    (inside, by) => decideBudgetChange(inside, { changeId: BigInt(id), verdict, by }),
  )
  return decided.ok ? done(`/chi/du-toan?xong=change_${verdict}`) : refused(decided.refusal)
})
