import { recallCheque, returnCheque } from '@/lib/office/cheques'
import { isChequeReturn, isReversalReason } from '@/lib/office/model'
import { askReversal } from '@/lib/office/reverse'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../../console-form'

/** Asks that cash is taken back, or says that a bank did not pay a cheque, or took back what it paid. */
export const { GET, POST } = consoleForm(
  ({ receipt }) => `/tien-mat/phieu/${receipt}`,
  async ({ context, staff, fund, fields, parts, done, refused }) => {
    const { viec: verb, 'ly-do': reason = '' } = fields
    const id = parts['receipt'] ?? ''
    const deed = { permission: 'cash.record' as const, fundId: fund.id, about: { kind: 'office_receipt' as const, id } }
    if (verb === 'ask' && isReversalReason(reason)) {
      const asked = await act(context, staff, { ...deed, after: { asked: reason } }, (inside, by) =>
        askReversal(inside, { receiptId: BigInt(id), reason, by }),
      )
      return asked.ok ? done(`/tien-mat/phieu/${id}?xong=asked`) : refused(asked.refusal)
    }
    if (verb === 'return' && isChequeReturn(reason)) {
      const returned = await act(context, staff, { ...deed, after: { returned: reason } }, (inside, by) =>
        returnCheque(inside, { receiptId: BigInt(id), reason, by }),
      )
      return returned.ok ? done(`/tien-mat/phieu/${id}?xong=returned`) : refused(returned.refusal)
    }
    if (verb === 'recall') {
      const wish = { ...deed, permission: 'refunds.request' as const, after: { reason: 'cheque_returned' } }
      const recalled = await act(context, staff, wish, (inside, by) => recallCheque(inside, { receiptId: BigInt(id), by }))
      return recalled.ok ? done(`/tien-mat/phieu/${id}?xong=recalled`) : refused(recalled.refusal)
    }
    return refused('nothing')
  },
)
