import { findDecision } from '@/lib/bank/decisions'
import { undoDecision } from '@/lib/bank/undo'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Takes a decision back. */
export const { GET, POST } = consoleForm('/ngan-hang', async ({ context, staff, fund, fields, done, refused }) => {
  const { viec = '' } = fields
  const decision = /^\d{1,18}$/.test(viec) ? await findDecision(context, BigInt(viec)) : null
  if (!decision) return refused('not_found')
  const undone = await act(
    context,
    staff,
    {
      ...{ permission: 'bank.decide', fundId: fund.id, about: { kind: 'bank_line', id: decision.lineId } },
      after: () => ({ undone: viec, kind: decision.kind }),
    },
    (inside, by) => undoDecision(inside, { decisionId: BigInt(viec), reason: fields['vi-sao'] ?? '', by }),
  )
  return undone.ok ? done('/ngan-hang?xong=undone') : refused(undone.refusal)
})
