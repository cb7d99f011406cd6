import { readSpendPaper } from '@/lib/evidence/schema'
import { isAllowed } from '@/lib/staff/permissions'
import { PAPER_FORM, takeCopy, takePaper } from '../../../take-paper'
import { spendForm } from '../spend-form'

/** Adds a quotation, an invoice or a receipt to a spend, or the redacted copy of one that had none. Sent twice, it is one. */
export const { GET, POST } = spendForm(async (form) => {
  const { staff, fund, fields, spend, finish } = form
  const permission = 'evidence.add'
  if (!isAllowed(staff.roles, permission, { fundId: fund.id, communeId: spend.communeId })) return form.refused('not_allowed')
  const [, paperId] = /^copy-(\d{1,9})$/.exec(fields['form'] ?? '') ?? []
  if (paperId !== undefined) return takeCopy(form, { paperId, permission, finish })
  return takePaper(form, {
    ...{ said: readSpendPaper(fields), of: () => ({ spendId: spend.id, deliverySlug: null }) },
    ...{ permission, about: { kind: 'spend', id: spend.key }, isTyped: true, isCopyLater: true, finish },
  })
}, PAPER_FORM)
