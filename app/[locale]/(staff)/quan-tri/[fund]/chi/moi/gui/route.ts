import { isFormKey } from '@/lib/pledges/secret'
import { requestSpend } from '@/lib/spending/commands'
import { getBudgetDesk } from '@/lib/spend-desk/queries'
import { readSpendForm } from '@/lib/spend-desk/schema'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Asks for money of a campaign; another person decides. */
export const { GET, POST } = consoleForm('/chi/moi', async ({ context, staff, fund, fields, locale, done, back, refused }) => {
  const { campaign = '', formKey } = fields
  const desk = await getBudgetDesk(context, fund.id, campaign, locale)
  if (!desk || !isFormKey(formKey)) return refused('unknown_campaign')
  const read = readSpendForm(fields, desk.lines)
  if (!read.ok) return back(read.errors)
  const asked = await act(
    context,
    staff,
    {
      ...{ permission: 'spends.request', fundId: fund.id, about: { kind: 'campaign', id: desk.campaign.id } },
      after: ({ spendId }: { spendId: bigint }) => ({
        spend: String(spendId),
        amountVnd: String(read.form.items.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)),
        lines: read.form.items.length,
      }),
    },
    (inside, by) => requestSpend(inside, { campaignSlug: campaign, ...read.form, by, key: `form:${formKey}` }),
  )
  return asked.ok ? done(`/chi/${asked.value.spendId}?xong=asked`) : refused(asked.refusal)
})
