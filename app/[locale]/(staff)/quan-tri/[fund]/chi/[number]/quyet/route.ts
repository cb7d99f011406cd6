import type { Context } from '@/lib/context'
import { approveSpend, cancelSpend, rejectSpend, settleSpend } from '@/lib/spending/commands'
import { readReason } from '@/lib/spend-desk/schema'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

const DONE = { approve: 'approved', reject: 'rejected', settle: 'settled', cancel: 'cancelled' } as const
type Decision = keyof typeof DONE
const isDecision = (text: string | undefined): text is Decision => text !== undefined && Object.hasOwn(DONE, text)
const PERMISSIONS = { approve: 'spends.approve', reject: 'spends.approve', settle: 'spends.settle', cancel: 'spends.cancel' } as const

/** Decides on a spend: approves, rejects, settles or cancels it. */
export const { GET, POST } = consoleForm(
  ({ number = '' }) => `/chi/${number}`,
  async ({ context, staff, fund, fields, parts, done, back, refused }) => {
    const { number = '' } = parts
    const { decision } = fields
    if (!/^\d{1,9}$/.test(number) || !isDecision(decision)) return refused('not_found')
    const spendId = BigInt(number)
    const reason = readReason(fields)
    if ((decision === 'reject' || decision === 'cancel') && !reason) return back({ reasonVi: 'no_reason', reasonEn: 'no_reason' })
    const because = reason ?? { reasonVi: '', reasonEn: '' }
    const commands = {
      approve: (inside: Context, by: string) => approveSpend(inside, { spendId, by }),
      reject: (inside: Context, by: string) => rejectSpend(inside, { spendId, by, ...because }),
      settle: (inside: Context) => settleSpend(inside, { spendId }),
      cancel: (inside: Context) => cancelSpend(inside, { spendId, ...because }),
    }
    const about = { kind: 'spend', id: number } as const
    const deed = { permission: PERMISSIONS[decision], fundId: fund.id, about, after: { decision: DONE[decision] } }
    const decided = await act(context, staff, deed, commands[decision])
    return decided.ok ? done(`/chi/${number}?xong=${DONE[decision]}`) : refused(decided.refusal)
  },
)
