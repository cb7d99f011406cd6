import { randomUUID } from 'node:crypto'
import type { BankNotice } from '../../lib/bank/model'
import type { Context } from '../../lib/context'
import { createPledge } from '../../lib/pledges/commands'
import type { GiftInput } from '../../lib/pledges/schema'
import { ACCOUNTS, value } from './site'

/** What a test says of a gift form: any of its fields, and of a gift in đồng the amount alone. */
export type GiftWish = Partial<GiftInput> & { amountVnd?: bigint }

/** A gift form as it was understood. */
export const giftInput = ({ amountVnd = 185_000n, ...input }: GiftWish = {}): GiftInput => ({
  formKey: randomUUID(),
  method: 'bank_transfer',
  pledged: { kind: 'vnd', amountVnd },
  donorKind: 'person',
  name: '',
  isNamed: false,
  taxCode: null,
  message: '',
  email: null,
  ...input,
})

export const makePledge = async (context: Context, campaignSlug: string, input: GiftWish = {}): Promise<{ code: string; secret: string }> =>
  value(await createPledge(context, { campaignSlug, locale: 'vi', input: giftInput(input) }))

let notices = 0

/** A notice of money that came in, unlike every other unless told otherwise. */
export const bankNotice = (notice: Partial<BankNotice> = {}): BankNotice => {
  notices += 1
  return {
    provider: 'sepay',
    providerEventId: String(notices),
    accountNumber: ACCOUNTS['ha-noi'],
    direction: 'in',
    amountVnd: 185_000n,
    reference: `FT${notices}`,
    memo: 'ung ho',
    transactedAt: new Date('2026-11-23T02:59:00Z'),
    runningBalanceVnd: null,
    body: { made: 'by a test' },
    ...notice,
  }
}
