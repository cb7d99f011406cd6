import { draftOfCampaign } from '@/lib/campaigns/draft'
import { ok, refuse } from '@/lib/result'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Opens the text of a campaign to be written on. */
export const { GET, POST } = consoleForm(
  ({ id = '' }) => `/chien-dich/${id}`,
  async ({ context, staff, fund, parts, done, refused }) => {
    const campaignId = /^\d{1,9}$/.test(parts['id'] ?? '') ? Number(parts['id']) : 0
    const opened = await act(
      context,
      staff,
      { permission: 'campaigns.edit', fundId: fund.id, about: { kind: 'campaign', id: campaignId }, after: { change: 'writing' } },
      async (inside, by) => {
        const draftId = await draftOfCampaign(inside, { campaignId, by })
        return draftId === null ? refuse('unknown_campaign' as const) : ok(draftId)
      },
    )
    return opened.ok ? done(`/chien-dich/soan/${opened.value}`) : refused(opened.refusal)
  },
)
