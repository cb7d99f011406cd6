import { addStoredPhoto, findPhoto, storePhoto } from '@/lib/evidence/photos'
import { readPhoto } from '@/lib/evidence/schema'
import { sha256 } from '@/lib/files/digest'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { chosenFile } from '../../../../chosen-file'
import { deliveryForm } from '../delivery-form'

/** One photo of at most 20 MB, and what is said of it. */
const MOST_BYTES = 21 * 1024 * 1024

/** Adds a photo under a consent: nobody sees it in public before another person released it. Sent twice, it is one. */
export const { GET, POST } = deliveryForm(
  async (form) => {
    const { context, staff, fund, fields, delivery, finish, back, refused } = form
    const read = readPhoto(fields)
    if (!read.ok) return back(read.refusal)
    const { consentId, key, ...words } = read.value
    // Nobody's picture is worked on who may not add it; `act` asks again.
    if (!isAllowed(staff.roles, 'evidence.add', { fundId: fund.id, communeId: delivery.communeId })) return refused('not_allowed')
    const chosen = await chosenFile(form, 'photo')
    if (!chosen.ok) return back({ photo: chosen.refusal })
    // The same form with another photo is another.
    const own = `${staff.id}:${key}:${sha256(chosen.value)}`
    if ((await findPhoto(context, own)) !== null) return finish('photo')
    const stored = await storePhoto(context, chosen.value)
    if (!stored.ok) return back({ photo: stored.refusal })
    const added = await act(
      context,
      staff,
      {
        ...{ permission: 'evidence.add', fundId: fund.id, about: { kind: 'consent', id: consentId } },
        after: ({ photoId }: { photoId: bigint }) => ({ photo: String(photoId), delivery: delivery.id }),
      },
      (inside, by) => addStoredPhoto(inside, { ...words, consentId, photo: stored.value, by, key: own }),
    )
    if (added.ok) return finish('photo')
    return added.refusal === 'no_consent' || added.refusal === 'unknown_consent'
      ? back({ consentId: added.refusal })
      : refused(added.refusal)
  },
  { mostBytes: MOST_BYTES },
)
