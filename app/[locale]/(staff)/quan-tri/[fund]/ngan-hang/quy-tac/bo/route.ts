import { findRule, retireRule } from '@/lib/bank/rules'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Retires a rule. */
export const { GET, POST } = consoleForm('/ngan-hang/quy-tac', async ({ context, staff, fund, fields, done, refused }) => {
  const { 'quy-tac': id = '' } = fields
  const rule = /^\d{1,18}$/.test(id) ? await findRule(context, BigInt(id)) : null
  if (!rule) return done('/ngan-hang/quy-tac?xong=retired')
  if (rule.fundId !== fund.id) return refused('not_found')
  const retired = await act(
    context,
    staff,
    { permission: 'bank.rules', fundId: fund.id, about: { kind: 'fund', id: fund.id }, after: { retired: id } },
    (inside, by) => retireRule(inside, { ruleId: rule.id, by }),
  )
  return retired.ok ? done('/ngan-hang/quy-tac?xong=retired') : refused(retired.refusal)
})
