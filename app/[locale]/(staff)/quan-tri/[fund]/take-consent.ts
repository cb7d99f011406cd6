import { recordConsent } from '@/lib/evidence/consents'
import { readConsent } from '@/lib/evidence/schema'
import { act } from '@/lib/staff/act'
import type { Thing } from '@/lib/staff/things'
import type { SentForm } from '../console-form'

/**
 * Records that a school, a health station or guardians consent to pictures of a delivery, or of a campaign by its draft.
 * Sent twice, it is one.
 * @param finish leads back to the page with what was done
 */
export async function takeConsent(
  { context, staff, fund, fields, back, refused }: SentForm,
  { about, of, finish }: { about: Thing; of: { deliverySlug: string } | { draftId: number }; finish: (done: string) => Response },
): Promise<Response> {
  const read = readConsent(fields)
  if (!read.ok) return back(read.refusal)
  const { key, ...given } = read.value
  const recorded = await act(
    context,
    staff,
    {
      ...{ permission: 'evidence.add', fundId: fund.id, about },
      after: ({ consentId }: { consentId: bigint }) => ({ consent: String(consentId) }),
    },
    (inside, by) => recordConsent(inside, { ...given, ...of, by, key: `${by}:${key}` }),
  )
  if (recorded.ok) return finish('consented')
  const { refusal } = recorded
  return refusal === 'not_yet' ? back({ givenOn: refusal }) : refusal === 'ended' ? back({ validUntil: refusal }) : refused(refusal)
}
