import { carryToBank } from '@/lib/office/deposits'
import { depositSchema, fieldErrors } from '@/lib/office/schema'
import { act } from '@/lib/staff/act'
import { dayOf } from '@/lib/time/day'
import { consoleForm } from '../../../console-form'

/** Writes down cash that was carried to the bank. */
export const { GET, POST } = consoleForm('/tien-mat', async ({ context, staff, fund, fields, done, back, refused }) => {
  const read = depositSchema(dayOf(context.now())).safeParse(fields)
  if (!read.success) return back(fieldErrors(read.error))
  const deposit = read.data
  const carried = await act(
    context,
    staff,
    {
      ...{ permission: 'cash.record', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ depositId }: { depositId: bigint }) => ({ deposit: depositId, account: deposit.accountId, amountVnd: deposit.amountVnd }),
    },
    (inside, by) => carryToBank(inside, { fundId: fund.id, deposit, by }),
  )
  return carried.ok ? done('/tien-mat?xong=carried') : refused(carried.refusal)
})
