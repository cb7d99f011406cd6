import { withdrawDeposit } from '@/lib/office/deposits'
import { decideReversal } from '@/lib/office/reverse'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Says that cash was not carried to the bank after all, or decides whether a receipt is taken back. */
export const { GET, POST } = consoleForm('/tien-mat', async ({ context, staff, fund, fields, done, refused }) => {
  const [, verb = '', id = ''] = /^(withdraw|approve|reject) (\d{1,9})$/.exec(fields['viec'] ?? '') ?? []
  if (verb === 'withdraw') {
    const withdrawn = await act(
      context,
      staff,
      { permission: 'cash.record', fundId: fund.id, about: { kind: 'cash_deposit', id }, after: { withdrawn: true } },
      (inside, by) => withdrawDeposit(inside, { depositId: BigInt(id), by }),
    )
    return withdrawn.ok ? done('/tien-mat?xong=withdrawn') : refused(withdrawn.refusal)
  }
  if (verb === '') return refused('nothing')
  const isReversed = verb === 'approve'
  const decided = await act(
    context,
    staff,
    { permission: 'cash.reverse', fundId: fund.id, about: { kind: 'cash_reversal', id }, after: { reversed: isReversed } },
    (inside, by) => decideReversal(inside, { reversalId: BigInt(id), isReversed, by }),
  )
  return decided.ok ? done(`/tien-mat?xong=${isReversed ? 'reversed' : 'rejected'}`) : refused(decided.refusal)
})
