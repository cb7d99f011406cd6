import { recordConsent } from '@/lib/evidence/consents'
import { readConsent } from '@/lib/evidence/schema'
import { act } from '@/lib/staff/act'
import { deliveryForm } from '../delivery-form'

/** Records that a school, a health station or guardians consent to pictures. */
export const { GET, POST } = deliveryForm(async ({ context, staff, fund, fields, delivery, finish, back, refused }) => {
  const read = readConsent(fields)
  if (!read.ok) return back(read.refusal)
  const { key, ...given } = read.value
  const recorded = await act(
    context,
    staff,
    {
      ...{ permission: 'evidence.add', fundId: fund.id, about: { kind: 'delivery', id: delivery.id } },
      after: ({ consentId }: { consentId: bigint }) => ({ consent: String(consentId) }),
    },
    (inside, by) => recordConsent(inside, { ...given, deliverySlug: delivery.slug, by, key: `${by}:${key}` }),
  )
  if (recorded.ok) return finish('consented')
  const { refusal } = recorded
  return refusal === 'not_yet' ? back({ givenOn: refusal }) : refusal === 'ended' ? back({ validUntil: refusal }) : refused(refusal)
})
