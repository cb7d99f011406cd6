import { getGoodsOffer } from '@/lib/goods/coverage'
import { readReceiptForm } from '@/lib/goods/receipt-form'
import { goodsFieldErrors, goodsFormSchema } from '@/lib/goods/schema'
import { receiveWalkIn } from '@/lib/goods/walk-in'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Takes goods that were brought without a promise: one with a code of its own, and its receipt. */
export const { GET, POST } = consoleForm('/hien-vat/moi', async ({ context, staff, fund, fields, locale, done, back, refused }) => {
  const { campaign = '' } = fields
  const offer = await getGoodsOffer(context, campaign, locale)
  if (!offer) return refused('unknown_campaign')
  const positions = offer.lines.map(({ position }) => position)
  const counted = readReceiptForm(fields, positions)
  const units = positions.map((position) => fields[`units-${position}`] ?? '')
  const given = goodsFormSchema(offer.lines, { isHandedIn: true }).safeParse({ ...fields, units })
  if (!counted.ok || !given.success)
    return back({ ...(given.success ? {} : goodsFieldErrors(given.error)), ...(counted.ok ? {} : counted.errors) })
  const input = given.data
  const lines = counted.value.lines.map((line) => (input.nature === 'service' ? { ...line, condition: null } : line))
  const taken = await act(
    context,
    staff,
    {
      ...{ permission: 'goods.receive', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ code }: { code: string }) => ({ code, campaign, units: lines.reduce((sum, line) => sum + line.units, 0n) }),
    },
    (inside, by) =>
      receiveWalkIn(inside, { fundId: fund.id, campaignSlug: campaign, input, receipt: { ...counted.value, lines }, locale, by }),
  )
  return taken.ok ? done(`/hien-vat/${taken.value.code}?xong=goods_received`) : refused(taken.refusal)
})
