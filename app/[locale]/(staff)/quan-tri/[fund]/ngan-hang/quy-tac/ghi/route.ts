import { findRule, previewRule, wishOf } from '@/lib/bank/rules'
import { consoleForm } from '../../../../console-form'
import { decidedPath, decideLines } from '../../decide-lines'

/** Lets a rule decide the lines that it was shown to fit. */
export const { GET, POST } = consoleForm('/ngan-hang/quy-tac', async (form) => {
  const { context, staff, fund, fields, done, refused } = form
  const { 'quy-tac': id = '', key = '' } = fields
  const rule = /^\d{1,18}$/.test(id) ? await findRule(context, BigInt(id)) : null
  if (rule?.fundId !== fund.id) return refused('not_found')
  const cases = await previewRule(context, fund.id, rule)
  const wishes = cases.flatMap((found) => wishOf(rule, found, staff.id, `rule:${rule.id}:${key.slice(0, 64)}`) ?? [])
  return done(decidedPath('/ngan-hang', await decideLines(form, wishes)))
})
