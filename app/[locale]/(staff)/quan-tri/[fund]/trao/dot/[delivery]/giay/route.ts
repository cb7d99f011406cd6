import { readPaper } from '@/lib/evidence/schema'
import { isAllowed } from '@/lib/staff/permissions'
import { PAPER_FORM, takePaper } from '../../../../take-paper'
import { deliveryForm } from '../delivery-form'

/** Adds a paper: minutes of this delivery, or an invoice or a receipt of its whole purchase. Sent twice, it is one. */
export const { GET, POST } = deliveryForm(async (form) => {
  const { staff, fund, fields, delivery, finish } = form
  const permission = 'evidence.add'
  if (!isAllowed(staff.roles, permission, { fundId: fund.id, communeId: delivery.communeId })) return form.refused('not_allowed')
  return takePaper(form, {
    said: readPaper(fields),
    of: (kind) => ({ spendId: BigInt(delivery.spendId), deliverySlug: kind === 'handover' ? delivery.slug : null }),
    ...{ permission, about: { kind: 'delivery', id: delivery.id }, isTyped: false, isCopyLater: false, finish },
  })
}, PAPER_FORM)
