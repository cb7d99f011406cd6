import type { Context } from '../../lib/context'
import { officeGiftSchema, type OfficeGift } from '../../lib/office/schema'
import { takeAtOffice } from '../../lib/office/receive'
import { sequencePending } from '../../lib/sequencer/sequence'
import { dayOf } from '../../lib/time/day'
import { fundIdOf } from './staff'
import { value } from './site'

let forms = 0

/** A form of the office as somebody fills it in: 500,000 ₫ in cash for the general pot from Nguyễn Thị Hoa, shown. */
export function officeForm(context: Context, fields: Record<string, string> = {}): Record<string, string> {
  const formKey = `bieu-mau-van-phong-${String((forms += 1)).padStart(13, '0')}`
  return {
    ...{ formKey, kind: 'cash', amount: '500.000', receivedOn: dayOf(context.now()), campaign: '', donorKind: 'person' },
    ...{ name: 'Nguyễn Thị Hoa', showName: 'yes', ...fields },
  }
}

export const officeGift = (context: Context, fields: Record<string, string> = {}): OfficeGift =>
  officeGiftSchema(dayOf(context.now())).parse(officeForm(context, fields))

/** Takes a gift at the office of Hà Nội's fund, and lets what follows be laid. */
export async function takeGift(context: Context, fields: Record<string, string> = {}): Promise<{ receiptId: bigint; code: string }> {
  const wish = {
    fundId: await fundIdOf(context, 'ha-noi'),
    input: officeGift(context, fields),
    secret: 's'.repeat(22),
    locale: 'vi' as const,
  }
  const taken = value(await takeAtOffice(context, { ...wish, by: 'ke-toan' }))
  await sequencePending(context.db, context.now())
  return taken
}
