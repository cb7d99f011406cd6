import { beginDelivering, closeCampaign, completeCampaign } from '@/lib/campaigns/finish'
import { approveCampaign, returnCampaign, type CampaignStepWish } from '@/lib/campaigns/review'
import { extendCampaign, pauseCampaign, renameCampaign, resumeCampaign } from '@/lib/campaigns/run'
import type { Context } from '@/lib/context'
import type { Result } from '@/lib/result'
import { act } from '@/lib/staff/act'
import type { Permission } from '@/lib/staff/permissions'
import { parseLocalMoment } from '@/lib/time/day'
import { consoleForm } from '../../../../console-form'

type Fields = Readonly<Record<string, string>>
type Run = (context: Context, step: CampaignStepWish, fields: Fields) => Promise<Result<null, string>>

const reasons = ({ reasonVi = '', reasonEn = '' }: Fields) => ({ reasonVi, reasonEn })

/** Each step of a campaign: what it needs, what it does, what is said of it then. */
const DEEDS: Record<string, { permission: Permission; run: Run; done: string }> = {
  duyet: {
    ...{ permission: 'campaigns.review', done: 'approved' },
    run: (context, step, { opensAt = '' }) => {
      const at = opensAt.trim() === '' ? null : parseLocalMoment(opensAt)
      if (opensAt.trim() !== '' && at === null) return Promise.resolve({ ok: false, refusal: 'not_a_moment' })
      return approveCampaign(context, { ...step, opensAt: at })
    },
  },
  tra: {
    ...{ permission: 'campaigns.review', done: 'returned' },
    run: (context, step, { reason = '' }) => returnCampaign(context, { ...step, reason }),
  },
  dung: {
    ...{ permission: 'campaigns.pause', done: 'paused' },
    run: (context, step, fields) => pauseCampaign(context, { ...step, ...reasons(fields) }),
  },
  'nhan-lai': { permission: 'campaigns.pause', done: 'resumed', run: resumeCampaign },
  lui: {
    ...{ permission: 'campaigns.extend', done: 'extended' },
    run: (context, step, fields) => extendCampaign(context, { ...step, ...reasons(fields), neededBy: fields['neededBy'] ?? '' }),
  },
  ten: {
    ...{ permission: 'campaigns.extend', done: 'renamed' },
    run: (context, step, { slug = '' }) => renameCampaign(context, { ...step, slug: slug.trim() }),
  },
  dong: {
    ...{ permission: 'campaigns.close', done: 'closed' },
    run: (context, step, fields) => {
      const slug = (fields['rest'] ?? '').trim()
      const rest = slug === '' ? { to: 'general' as const } : { to: 'campaign' as const, slug }
      return closeCampaign(context, { ...step, ...reasons(fields), rest })
    },
  },
  trao: {
    ...{ permission: 'campaigns.open', done: 'moved' },
    run: (context, step, fields) => beginDelivering(context, { ...step, ...reasons(fields) }),
  },
  xong: {
    ...{ permission: 'campaigns.open', done: 'completed' },
    run: (context, step, fields) => completeCampaign(context, { ...step, ...reasons(fields) }),
  },
}

/** Takes a step of a campaign. */
export const { GET, POST } = consoleForm(
  ({ id = '' }) => `/chien-dich/${id}`,
  async ({ context, staff, fund, fields, parts, done, refused }) => {
    const deed = DEEDS[fields['viec'] ?? '']
    const id = parts['id'] ?? ''
    const key = fields['key'] ?? ''
    if (!deed || !/^\d{1,9}$/.test(id) || !/^[\w-]{8,80}$/.test(key)) return refused('not_found')
    const campaignId = Number(id)
    const version = Number(fields['version'] ?? 0)
    const taken = await act<typeof context, null, string>(
      context,
      staff,
      {
        ...{ permission: deed.permission, fundId: fund.id, about: { kind: 'campaign', id: campaignId } },
        ...{ before: { version }, after: { change: deed.done } },
      },
      (inside, by) => deed.run(inside, { campaignId, version, by, key }, fields),
    )
    if (!taken.ok) return refused(taken.refusal)
    const isScheduled = deed.done === 'approved' && (fields['opensAt'] ?? '').trim() !== ''
    return done(`/chien-dich/${id}?xong=${isScheduled ? 'scheduled' : deed.done}`)
  },
)
