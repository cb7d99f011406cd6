import { linkSecretOf } from '@/lib/office/link'
import { takeAtOffice } from '@/lib/office/receive'
import { fieldErrors, officeGiftSchema } from '@/lib/office/schema'
import { act } from '@/lib/staff/act'
import { dayOf } from '@/lib/time/day'
import { consoleForm } from '../../../../console-form'

/** Takes cash or a cheque: a receipt, a gift, and for cash its đồng in the books. */
export const { GET, POST } = consoleForm('/tien-mat/moi', async ({ context, staff, fund, fields, locale, done, back, refused }) => {
  const read = officeGiftSchema(dayOf(context.now())).safeParse(fields)
  if (!read.success) return back(fieldErrors(read.error))
  const input = read.data
  const secret = linkSecretOf(context.staff.secret, input.formKey)
  const taken = await act(
    context,
    staff,
    {
      ...{ permission: 'cash.record', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ receiptId, code }: { receiptId: bigint; code: string }) => ({
        ...{ receipt: receiptId, code, kind: input.kind, amountVnd: input.amountVnd, campaign: input.campaignSlug },
      }),
    },
    (inside, by) => takeAtOffice(inside, { fundId: fund.id, input, secret, locale, by }),
  )
  return taken.ok ? done(`/tien-mat/phieu/${taken.value.receiptId}?xong=taken`) : refused(taken.refusal)
})
