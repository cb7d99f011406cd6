import { isReason } from '@/lib/cards/model'
import { findGiftsToReturn } from '@/lib/cards/refund-list'
import { requestRefund } from '@/lib/cards/refunds'
import { parseVnd } from '@/lib/money/vnd'
import { normalizeCode } from '@/lib/pledges/codes'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Asks that a gift goes back; its đồng are held from now on. */
export const { GET, POST } = consoleForm('/hoan-tien', async ({ context, staff, fund, fields, done, back, refused }) => {
  const gifts = await findGiftsToReturn(context, fund.id, normalizeCode(fields['ma'] ?? '').slice(0, 20))
  const gift = gifts.find(({ donationId }) => donationId === fields['khoan'])
  if (!gift) return refused('no_gift')
  const { 'ly-do': reason = '', tien = '' } = fields
  const amountVnd = tien.trim() === '' ? gift.leftVnd : parseVnd(tien)
  if (amountVnd === null || amountVnd <= 0n || amountVnd > gift.amountVnd) return back({ tien: 'not_an_amount' })
  if (!isReason(reason)) return back({ 'ly-do': 'nothing' })
  // Of foreign money its share, in the unit that was charged.
  const amountMinor = (amountVnd * gift.wholeMinor) / gift.amountVnd
  const asked = await act(
    context,
    staff,
    {
      ...{ permission: 'refunds.request', fundId: fund.id, about: { kind: 'donation', id: gift.donationId } },
      after: ({ refundId }: { refundId: bigint }) => ({ refund: String(refundId), amountMinor: String(amountMinor), reason }),
    },
    (inside, by) =>
      requestRefund(inside, {
        ...{ donationId: BigInt(gift.donationId), amountMinor, reason, by },
        key: `desk:${gift.donationId}:${(fields['key'] ?? '').slice(0, 64)}`,
      }),
  )
  if (asked.ok) return done('/hoan-tien?xong=asked')
  return asked.refusal === 'signed_out' ? refused(asked.refusal) : back({ tien: asked.refusal })
})
