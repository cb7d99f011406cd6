import { getGoodsOffer } from '@/lib/goods/coverage'
import { isGoodsRefusal, isGoodsReversal } from '@/lib/goods/model'
import { readReceiptForm } from '@/lib/goods/receipt-form'
import { confirmReceipt, refuseGoods } from '@/lib/goods/receive'
import { reverseReceipt } from '@/lib/goods/reverse'
import { isFormKey } from '@/lib/pledges/secret'
import { act } from '@/lib/staff/act'
import { goodsForm } from '../goods-form'

/** Receives goods that were brought, says that the fund does not take them, or takes back what was written down wrongly. */
export const { GET, POST } = goodsForm(async ({ context, staff, fund, fields, locale, gift, finish, back, refused }) => {
  const { code } = gift
  const deed = { permission: 'goods.receive' as const, fundId: fund.id, about: { kind: 'pledge' as const, id: code } }
  const { viec: verb, 'ly-do': reason = '', receipt = '', key } = fields
  if (verb === 'refuse' && isGoodsRefusal(reason)) {
    const gone = await act(context, staff, { ...deed, after: { refused: reason } }, (inside, actor) =>
      refuseGoods(inside, { code, reason, actor }),
    )
    return gone.ok ? finish('goods_refused') : refused(gone.refusal)
  }
  if (verb === 'take_back' && isGoodsReversal(reason) && /^\d{1,18}$/.test(receipt) && isFormKey(key)) {
    const wish = { receiptId: BigInt(receipt), code, reason, formKey: key }
    const gone = await act(context, staff, { ...deed, after: { takenBack: receipt, reason } }, (inside, by) =>
      reverseReceipt(inside, { ...wish, by }),
    )
    return gone.ok ? finish('goods_taken_back') : refused(gone.refusal)
  }
  if (verb !== 'receive') return refused('nothing')
  const offer = await getGoodsOffer(context, gift.campaign.slug, locale)
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
  return received.ok ? finish('goods_received') : refused(received.refusal)
})
