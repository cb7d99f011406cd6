import { readGoodsPaper } from '@/lib/evidence/schema'
import { isAllowed } from '@/lib/staff/permissions'
import { PAPER_FORM, takePaper } from '../../../take-paper'
import { goodsForm } from '../goods-form'

/** Adds a paper of goods that came: the note that giver and fund signed, or a certificate of quality. Sent twice, it is one. */
export const { GET, POST } = goodsForm(async (form) => {
  const { staff, fund, fields, gift, finish } = form
  const permission = 'goods.receive'
  if (!isAllowed(staff.roles, permission, { fundId: fund.id })) return form.refused('not_allowed')
  const said = readGoodsPaper(fields)
  return takePaper(form, {
    ...{ said, of: () => ({ goodsReceiptId: said.ok ? said.value.receipt : 0n, code: gift.code }) },
    ...{ permission, about: { kind: 'pledge', id: gift.code }, isTyped: true, isCopyLater: false, finish },
  })
}, PAPER_FORM)
