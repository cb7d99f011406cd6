import { approveRefund, rejectRefund, withdrawTransferRefund } from '@/lib/cards/refunds'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

const VERBS = { approve: approveRefund, reject: rejectRefund, withdraw: withdrawTransferRefund }
const isVerb = (text: string): text is keyof typeof VERBS => Object.hasOwn(VERBS, text)

/** Decides on a request that a gift goes back, by another person than who asked. */
export const { GET, POST } = consoleForm('/hoan-tien', async ({ context, staff, fund, fields, done, refused }) => {
  const [, verb = '', id = ''] = /^([a-z]+) (\d{1,9})$/.exec(fields['viec'] ?? '') ?? []
  if (!isVerb(verb)) return refused('nothing')
  const decided = await act(
    context,
    staff,
    { permission: 'refunds.approve', fundId: fund.id, about: { kind: 'refund', id }, after: { decided: verb } },
    (inside, by) => VERBS[verb](inside, { refundId: BigInt(id), by }),
  )
  return decided.ok ? done('/hoan-tien?xong=decided') : refused(decided.refusal)
})
