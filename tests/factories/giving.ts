import { randomUUID } from 'node:crypto'
import type { BankNotice } from '../../lib/bank/model'
import type { Context } from '../../lib/context'
import { pledgeGoods } from '../../lib/goods/commands'
import { confirmReceipt, type Receipt } from '../../lib/goods/receive'
import type { GoodsInput } from '../../lib/goods/schema'
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

/** A form of goods as it was understood: thirty of the first thing, unless told otherwise. */
export const goodsInput = (input: Partial<GoodsInput> = {}): GoodsInput => ({
  formKey: randomUUID(),
  nature: 'goods',
  items: [{ position: 0, units: 30n }],
  donorKind: 'person',
  name: '',
  isNamed: false,
  taxCode: null,
  message: '',
  email: null,
  phone: '0900000000',
  note: null,
  ...input,
})

export const makeGoods = async (
  context: Context,
  campaignSlug: string,
  input: Partial<GoodsInput> = {},
): Promise<{ code: string; secret: string }> => value(await pledgeGoods(context, { campaignSlug, locale: 'vi', input: goodsInput(input) }))

/** A receipt of thirty new things of the first line, unless told otherwise. */
export const goodsReceipt = (code: string, receipt: Partial<Receipt> = {}): Receipt => ({
  code,
  formKey: randomUUID(),
  lines: [{ position: 0, units: 30n, condition: 'new', statedValueVnd: null }],
  meetsStandard: true,
  documentReference: null,
  receivedOn: '2026-11-23',
  actor: 'thu-kho',
  ...receipt,
})

export const receiveGoods = async (context: Context, code: string, receipt: Partial<Receipt> = {}): Promise<bigint[]> =>
  value(await confirmReceipt(context, goodsReceipt(code, receipt)))

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
