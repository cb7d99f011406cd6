import { readAdvance, readSettlement } from '@/lib/spend-desk/schema'
import { dropAdvance, planAdvance, settleAdvance } from '@/lib/spending/advances'
import { act } from '@/lib/staff/act'
import { spendForm, type SpendForm } from '../spend-form'

/** Writes down an advance of a spend, drops one that was not handed out, or settles one against invoices. */
export const { GET, POST } = spendForm(async (form) => {
  const { fields, refused } = form
  if (fields['form'] === 'advance') return plan(form)
  const [, advanceId] = /^settle-(\d{1,9})$/.exec(fields['form'] ?? '') ?? []
  if (advanceId !== undefined) return settle(form, advanceId)
  return /^\d{1,9}$/.test(fields['drop'] ?? '') ? drop(form, fields['drop'] ?? '') : refused('not_found')
})

async function plan({ context, staff, fund, fields, spend, finish, back, refused }: SpendForm): Promise<Response> {
  const read = readAdvance(fields)
  if (!read.ok) return back(read.refusal)
  const { key, ...wish } = read.value
  const planned = await act(
    context,
    staff,
    {
      ...{ permission: 'spends.advance', fundId: fund.id, about: { kind: 'spend', id: spend.key } },
      after: ({ advanceId }: { advanceId: bigint }) => ({
        ...{ advance: String(advanceId), amountVnd: String(wish.amountVnd), heldBy: wish.heldBy, dueOn: wish.dueOn },
      }),
    },
    (inside, by) => planAdvance(inside, { spendId: spend.id, ...wish, by, key: `form:${key}` }),
  )
  if (planned.ok) return finish('advance')
  const fieldOf: Partial<Record<string, string>> = { too_much: 'amount', past: 'dueOn', same_person: 'heldBy', unknown_person: 'heldBy' }
  const field = fieldOf[planned.refusal]
  return field === undefined ? refused(planned.refusal) : back({ [field]: planned.refusal })
}

async function drop({ context, staff, fund, finish, refused }: SpendForm, advanceId: string): Promise<Response> {
  const deed = {
    permission: 'spends.advance',
    fundId: fund.id,
    about: { kind: 'advance', id: advanceId },
    after: { change: 'dropped' },
  } as const
  const dropped = await act(context, staff, deed, (inside, by) => dropAdvance(inside, { advanceId: BigInt(advanceId), by }))
  return dropped.ok ? finish('advance_dropped') : refused(dropped.refusal)
}

async function settle({ context, staff, fund, fields, finish, back, refused }: SpendForm, advanceId: string): Promise<Response> {
  const read = readSettlement(fields)
  if (!read.ok) return back(read.refusal)
  const { amountVnd, on, key } = read.value
  const settled = await act(
    context,
    staff,
    {
      ...{ permission: 'spends.settle', fundId: fund.id, about: { kind: 'advance', id: advanceId } },
      after: { amountVnd: String(amountVnd), on },
    },
    (inside, by) => settleAdvance(inside, { advanceId: BigInt(advanceId), amountVnd, on, by, key }),
  )
  if (settled.ok) return finish('advance_settled')
  if (settled.refusal === 'too_much') return back({ amount: 'more_than_out' })
  return settled.refusal === 'not_yet' ? back({ on: settled.refusal }) : refused(settled.refusal)
}
