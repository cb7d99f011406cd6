import { act } from '@/lib/staff/act'
import { isFundRole } from '@/lib/staff/model'
import { tellAppointment } from '@/lib/staff/notices'
import { appoint, type Appointed } from '@/lib/staff/people'
import { consoleForm } from '../../../console-form'

/** Appoints somebody: at once, when another director has confirmed it, or after its days in public. */
export const { GET, POST } = consoleForm('/nguoi', async ({ context, staff, fund, fields, done, back, refused }) => {
  const { email = '', name = '', role = '', locale } = fields
  if (!isFundRole(role)) return back({ role: 'no_role' })
  const communeIds = Object.keys(fields).flatMap((field) => {
    const [, id] = /^xa-(\d{1,9})$/.exec(field) ?? []
    return id === undefined ? [] : [Number(id)]
  })
  const appointed = await act(
    context,
    staff,
    {
      ...{ permission: 'people.appoint', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ staffId, roleId, effectiveFrom }: Appointed) => ({
        ...{ staff: staffId, role, roleId, communes: communeIds.join(' ') },
        effectiveFrom: effectiveFrom?.toISOString() ?? null,
      }),
    },
    (inside, by) => appoint(inside, { fundId: fund.id, email, name, locale: locale === 'en' ? 'en' : 'vi', role, communeIds, by }),
  )
  if (!appointed.ok)
    return appointed.refusal === 'signed_out' || appointed.refusal === 'not_allowed'
      ? refused(appointed.refusal)
      : back({ form: appointed.refusal })
  const { staffId, effectiveFrom } = appointed.value
  // A mail server that is slow keeps nobody waiting.
  setImmediate(() => void tellAppointment(context, { fundId: fund.id, staffId, role, effectiveFrom, by: staff.id }))
  const how = effectiveFrom === null ? 'waiting' : effectiveFrom > context.now() ? 'delayed' : 'appointed'
  return done(`/nguoi?xong=${how}`)
})
