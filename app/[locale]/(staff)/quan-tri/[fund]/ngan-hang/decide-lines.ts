import { decideLine, type DecisionWish } from '@/lib/bank/decide'
import { writeFailed } from '@/lib/bank/failed-lines'
import type { Decision } from '@/lib/bank/schema'
import { act } from '@/lib/staff/act'
import type { Permission } from '@/lib/staff/permissions'
import type { SentForm } from '../../console-form'

/** Placing a gift is one permission, saying that a line is something else another. */
const permissionOf = ({ kind }: Decision): Permission =>
  kind === 'place' || kind === 'general' || kind === 'keep_unplaced' ? 'bank.place' : 'bank.decide'

/** Decides lines one by one, each in a transaction of its own; what one refuses does not hold up the others. */
export async function decideLines({ context, staff, fund }: SentForm, wishes: readonly Omit<DecisionWish, 'by'>[]) {
  const failed: { lineId: bigint; refusal: string }[] = []
  for (const wish of wishes) {
    const deed = {
      ...{ permission: permissionOf(wish.decision), fundId: fund.id, about: { kind: 'bank_line' as const, id: wish.lineId } },
      after: ({ decisionId }: { decisionId: bigint }) => ({ decision: String(decisionId), kind: wish.decision.kind }),
    }
    const decided = await act(context, staff, deed, (inside, by) => decideLine(inside, { ...wish, by }))
    if (!decided.ok) failed.push({ lineId: wish.lineId, refusal: decided.refusal })
  }
  return { done: wishes.length - failed.length, failed }
}

/** Back to the queue with how many were written, and which were not and why. */
export const decidedPath = (page: string, { done, failed }: Awaited<ReturnType<typeof decideLines>>): string =>
  `${page}?xong=${done}${failed.length > 0 ? `&hong=${writeFailed(failed)}` : ''}`
