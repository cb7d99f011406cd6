import { getGoodsOffer } from '@/lib/goods/coverage'
import { isGoodsRefusal } from '@/lib/goods/model'
import { getGoodsGift } from '@/lib/goods/queries'
import { readReceiptForm } from '@/lib/goods/receipt-form'
import { confirmReceipt, refuseGoods } from '@/lib/goods/receive'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Receives goods that were brought, or says that the fund does not take them. */
export const { GET, POST } = consoleForm(
  ({ code }) => `/hien-vat/${code}`,
  async ({ context, staff, fund, fields, locale, parts, done, back, refused }) => {
    const code = parts['code'] ?? ''
    const deed = { permission: 'goods.receive' as const, fundId: fund.id, about: { kind: 'pledge' as const, id: code } }
    const { viec: verb, 'ly-do': reason = '' } = fields
    if (verb === 'refuse' && isGoodsRefusal(reason)) {
      const gone = await act(context, staff, { ...deed, after: { refused: reason } }, (inside, actor) =>
        refuseGoods(inside, { code, reason, actor }),
      )
      return gone.ok ? done(`/hien-vat/${code}?xong=goods_refused`) : refused(gone.refusal)
    }
    if (verb !== 'receive') return refused('nothing')
    const gift = await getGoodsGift(context, code, locale)
    const offer = gift && (await getGoodsOffer(context, gift.campaign.slug, locale))
    if (!offer) return refused('not_found')
    const read = readReceiptForm(
      fields,
      offer.lines.map(({ position }) => position),
    )
    if (!read.ok) return back(read.errors)
    const lines = read.value.lines.map((line) => (gift.nature === 'service' ? { ...line, condition: null } : line))
    const received = await act(
      context,
      staff,
      { ...deed, after: { receivedOn: read.value.receivedOn, units: lines.reduce((sum, { units }) => sum + units, 0n) } },
      (inside, actor) => confirmReceipt(inside, { ...read.value, lines, code, actor }),
    )
    return received.ok ? done(`/hien-vat/${code}?xong=goods_received`) : refused(received.refusal)
  },
)
