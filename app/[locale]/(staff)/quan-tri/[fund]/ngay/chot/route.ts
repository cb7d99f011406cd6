import { closeDay, tellPlaced } from '@/lib/bank/close'
import { listAccountDays } from '@/lib/bank/days'
import { parseVnd } from '@/lib/money/vnd'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { consoleForm, type SentForm } from '../../../console-form'

/** So many days are closed by one press. */
const MOST_DAYS = 62

/** Closes the next day of an account, or all that add up by their statement. */
export const { GET, POST } = consoleForm('/ngay', async (form) => {
  const { fields, done, back, refused } = form
  const accountId = /^\d{1,9}$/.test(fields['tk'] ?? '') ? Number(fields['tk']) : null
  if (accountId === null) return refused('not_found')
  if (fields['chot'] === 'lien') {
    let closed = 0
    while (closed < MOST_DAYS) {
      const next = (await listAccountDays(form.context, form.fund.id)).find(({ id }) => id === accountId)?.next
      if (!next || next.openingVnd === null || next.closingVnd === null) break
      const result = await close(form, { accountId, day: next.day, openingVnd: next.openingVnd, closingVnd: next.closingVnd })
      if (!result.ok) return closed > 0 ? done(`/ngay?xong=${closed}&loi=${result.refusal}`) : refused(result.refusal)
      closed += 1
    }
    return done(`/ngay?xong=${closed}`)
  }
  const [openingVnd, closingVnd] = [parseVnd(fields['dau'] ?? ''), parseVnd(fields['cuoi'] ?? '')]
  const { ngay: day = '' } = fields
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return refused('not_next')
  if (openingVnd === null) return back({ dau: 'not_an_amount' })
  if (closingVnd === null) return back({ cuoi: 'not_an_amount' })
  const result = await close(form, { accountId, day, openingVnd, closingVnd })
  return result.ok ? done('/ngay?xong=1') : result.refusal === 'signed_out' ? refused(result.refusal) : back({ cuoi: result.refusal })
})

async function close({ context, staff, fund }: SentForm, wish: { accountId: number; day: string; openingVnd: bigint; closingVnd: bigint }) {
  // What a code placed is told first, in short transactions: a busy day has many lines.
  if (isAllowed(staff.roles, 'bank.close_day', { fundId: fund.id })) await tellPlaced(context, wish.accountId, wish.day)
  const { day, openingVnd, closingVnd } = wish
  return act(
    context,
    staff,
    {
      ...{ permission: 'bank.close_day', fundId: fund.id, about: { kind: 'account', id: wish.accountId } },
      after: { day, openingVnd: String(openingVnd), closingVnd: String(closingVnd) },
    },
    (inside, by) => closeDay(inside, { ...wish, by }),
  )
}
