import { isFormKey } from '@/lib/pledges/secret'
import { requestBudgetChange } from '@/lib/spending/budget'
import { getBudgetDesk } from '@/lib/spend-desk/queries'
import { readReason } from '@/lib/spend-desk/schema'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Asks to buy more, or less, of a line of a budget; another person decides. */
export const { GET, POST } = consoleForm('/chi/du-toan', async ({ context, staff, fund, fields, locale, done, back, refused }) => {
  const { campaign = '', formKey, position = '', quantity: typed = '' } = fields
  const desk = await getBudgetDesk(context, fund.id, { slug: campaign }, locale)
  if (!desk || !isFormKey(formKey)) return refused('unknown_campaign')
  const quantity = typed.replaceAll(/[\s.,]/g, '')
  const reason = readReason(fields)
  const errors = {
    ...(/^\d{1,7}$/.test(quantity) ? {} : { quantity: 'how_many' }),
    ...(/^\d{1,3}$/.test(position) ? {} : { position: 'unknown_line' }),
    ...(reason ? {} : { reasonVi: 'no_reason', reasonEn: 'no_reason' }),
  }
  if (!reason || Object.keys(errors).length > 0) return back(errors)
  const wish = { campaignSlug: campaign, position: Number(position), quantity: Number(quantity), ...reason }
  const asked = await act(
    context,
    staff,
    {
      ...{ permission: 'spends.request', fundId: fund.id, about: { kind: 'campaign', id: desk.campaign.id } },
      after: ({ changeId }: { changeId: bigint }) => ({ change: String(changeId), line: wish.position, quantity: wish.quantity }),
    },
    (inside, by) => requestBudgetChange(inside, { ...wish, by, key: `form:${formKey}` }),
  )
  if (asked.ok) return done('/chi/du-toan?xong=change_asked')
  return asked.refusal === 'too_few' ? back({ quantity: 'too_few' }) : refused(asked.refusal)
})
