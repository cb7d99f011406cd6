import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { paySpend } from '../../lib/spending/pay'
import type { Context } from '../../lib/context'
import { dayOf } from '../../lib/time/day'
import { value } from './site'

let spends = 0

/** Asks for so much of a campaign's money, for one thing. @returns the spend's id and whether it was approved: false where it has not so much that is free */
export async function promise(
  context: Context,
  campaignSlug: string,
  amountVnd: bigint,
): Promise<{ spendId: bigint; isApproved: boolean }> {
  const key = `spend-${(spends += 1)}`
  const texts = { titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', dueOn: '2099-12-31' }
  const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 1, amountVnd }
  const { spendId } = value(await requestSpend(context, { ...texts, campaignSlug, by: 'an', key, items: [item] }))
  return { spendId, isApproved: (await approveSpend(context, { spendId, by: 'binh' })).ok }
}

/** Pays so much of a campaign's money for one thing. @returns false where it has not so much that is free */
export async function spend(context: Context, campaignSlug: string, amountVnd: bigint): Promise<boolean> {
  const { spendId, isApproved } = await promise(context, campaignSlug, amountVnd)
  if (!isApproved) return false
  return (await paySpend(context, { spendId, amountVnd, paidOn: dayOf(context.now()), key: `paid-${spendId}` })).ok
}
