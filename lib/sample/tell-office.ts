import { eq } from 'drizzle-orm'
import { funds, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { carryToBank } from '../office/deposits'
import { listTakingCampaigns } from '../office/queries'
import { takeAtOffice } from '../office/receive'
import { askReversal } from '../office/reverse'
import type { OfficeGift } from '../office/schema'
import { createFormKey } from '../pledges/secret'
import { dayOf } from '../time/day'
import { given } from './given'

const BY = 'ke-toan-mau'

/** What was handed in at the sample's offices in the last days: cash and a cheque that waits. Names are those of no one. */
const HANDED_IN: Record<
  string,
  { key: string; amountVnd: bigint; name: string; isNamed: boolean; toCampaign?: true; cheque?: OfficeGift['cheque'] }[]
> = {
  'ha-noi': [
    { key: 'hop-quyen-gop', amountVnd: 1_500_000n, name: '', isNamed: false },
    { key: 'bac-hanh', amountVnd: 500_000n, name: 'Nguyễn Thị Hạnh', isNamed: true, toCampaign: true },
    { key: 'ghi-hai-lan', amountVnd: 500_000n, name: 'Nguyễn Thị Hạnh', isNamed: true },
    { key: 'sec-lam', amountVnd: 30_000_000n, name: 'Trần Văn Lâm', isNamed: true, cheque: { number: 'MAU000123', bank: 'Ngân hàng Mẫu' } },
  ],
  'ninh-thuan': [{ key: 'co-mai', amountVnd: 200_000n, name: 'Lê Thị Mai', isNamed: true }],
}

/**
 * Takes the sample's cash and cheques by the product's own commands, carries a part to the bank and asks to take one receipt
 * back. Told a second time it changes nothing.
 */
export async function tellOffice(context: Context): Promise<void> {
  for (const [slug, gifts] of Object.entries(HANDED_IN)) {
    const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, slug))
    if (!fund) throw new Error(`no fund ${slug}`)
    const [campaign] = await listTakingCampaigns(context, fund.id, 'vi')
    for (const { key, toCampaign, cheque = null, ...who } of gifts) {
      const input: OfficeGift = {
        ...{ formKey: `sample/office/${key}`, kind: cheque ? 'cheque' : 'cash', receivedOn: dayOf(context.now()), cheque },
        ...{ campaignSlug: toCampaign ? (campaign?.slug ?? null) : null, donorKind: 'person', ...who },
        ...{ taxCode: null, message: '', email: null, phone: null, note: null },
      }
      const secret = createFormKey(context.random).slice(0, 22)
      const receipt = given(await takeAtOffice(context, { fundId: fund.id, input, secret, locale: 'vi', by: BY }), `receipt ${key}`)
      if (key === 'ghi-hai-lan')
        given(await askReversal(context, { receiptId: receipt.receiptId, reason: 'written_twice', by: BY }), `request ${key}`)
    }
    if (slug !== 'ha-noi') continue
    const [account] = await context.db
      .select({ id: receivingAccounts.id })
      .from(receivingAccounts)
      .where(eq(receivingAccounts.fundId, fund.id))
    const deposit = { accountId: account?.id ?? 0, amountVnd: 1_500_000n, takenOn: dayOf(context.now()), slip: 'GNT-015' }
    given(await carryToBank(context, { fundId: fund.id, deposit: { formKey: 'sample/office/deposit', ...deposit }, by: BY }), 'deposit')
  }
}
