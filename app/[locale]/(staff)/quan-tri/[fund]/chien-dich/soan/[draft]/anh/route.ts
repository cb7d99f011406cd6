import { consentsOfDraft } from '@/lib/evidence/desk'
import { addStoredPhoto, findPhoto, storePhoto } from '@/lib/evidence/photos'
import { readPicture } from '@/lib/evidence/schema'
import { sha256 } from '@/lib/files/digest'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { draftForm } from '../draft-form'

/** A photo of at most 20 MB, and what a form writes around it. */
const MOST_BYTES = 21 * 1024 * 1024

/** Adds a picture of a campaign: a photo under a consent, or a drawing. It waits for another person. Sent twice, it is one. */
export const { GET, POST } = draftForm(
  async ({ context, staff, fund, fields, files, draft, finish, back, refused }) => {
    const read = readPicture(fields)
    if (!read.ok) return back(read.refusal)
    const { consentId, key, ...words } = read.value
    if (!isAllowed(staff.roles, 'evidence.add', { fundId: fund.id, communeId: draft.communeId })) return refused('not_allowed')
    // A consent to other pictures lets none of these be shown.
    if (consentId !== null && !(await consentsOfDraft(context, draft.id)).includes(consentId)) return back({ consentId: 'unknown_consent' })
    const bytes = files['photo']?.bytes
    if (!bytes) return back({ photo: 'no_file' })
    // The same form with another picture is another.
    const own = `${staff.id}:${key}:${sha256(bytes)}`
    if ((await findPhoto(context, own)) !== null) return finish('photo')
    const stored = await storePhoto(context, bytes)
    if (!stored.ok) return back({ photo: stored.refusal })
    const added = await act(
      context,
      staff,
      {
        ...{ permission: 'evidence.add', fundId: fund.id, about: { kind: 'draft', id: draft.id } },
        after: ({ photoId }: { photoId: bigint }) => ({ photo: String(photoId), isDrawn: consentId === null ? 1 : 0 }),
      },
      (inside, by) =>
        addStoredPhoto(inside, {
          ...(consentId === null ? { drawnForDraftId: draft.id } : { consentId }),
          ...{ ...words, photo: stored.value, by, key: own },
        }),
    )
    if (added.ok) return finish('photo')
    return added.refusal === 'no_consent' ? back({ consentId: added.refusal }) : refused(added.refusal)
  },
  { mostBytes: MOST_BYTES },
)
