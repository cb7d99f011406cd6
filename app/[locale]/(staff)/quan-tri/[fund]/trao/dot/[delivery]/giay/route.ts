import { addStoredPaper, findPaper, storePaper } from '@/lib/evidence/papers'
import { readPaper } from '@/lib/evidence/schema'
import { sha256 } from '@/lib/files/digest'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { chosenFile } from '../chosen-file'
import { deliveryForm } from '../delivery-form'

/** An original and a copy of at most 20 MB each. */
const MOST_BYTES = 41 * 1024 * 1024

/**
 * Adds a paper: minutes of this delivery, or an invoice or a receipt of its whole purchase. Its original is kept apart,
 * its redacted copy waits for another person. Sent twice, it is one.
 */
export const { GET, POST } = deliveryForm(
  async (form) => {
    const { context, staff, fund, fields, delivery, finish, back, refused } = form
    const read = readPaper(fields)
    if (!read.ok) return back(read.refusal)
    const { kind, datedOn, key } = read.value
    if (!isAllowed(staff.roles, 'evidence.add', { fundId: fund.id, communeId: delivery.communeId })) return refused('not_allowed')
    const original = await chosenFile(form, 'original')
    if (!original.ok) return back({ original: original.refusal })
    const copy = await chosenFile(form, 'copy')
    if (!copy.ok) return back({ copy: copy.refusal })
    // The same form with other files is another paper.
    const own = `${staff.id}:${key}:${sha256(original.value)}:${sha256(copy.value)}`
    if ((await findPaper(context, own)) !== null) return finish('paper')
    const stored = await storePaper(context, { original: original.value, copy: copy.value })
    if (!stored.ok) return back({ copy: stored.refusal })
    const added = await act(
      context,
      staff,
      {
        ...{ permission: 'evidence.add', fundId: fund.id, about: { kind: 'delivery', id: delivery.id } },
        after: ({ paperId }: { paperId: bigint }) => ({ paper: String(paperId), kind }),
      },
      (inside, by) =>
        addStoredPaper(inside, {
          ...{ spendId: BigInt(delivery.spendId), deliverySlug: kind === 'handover' ? delivery.slug : null },
          ...{ kind, datedOn, paper: stored.value, by, key: own },
        }),
    )
    if (added.ok) return finish('paper')
    return added.refusal === 'not_yet' ? back({ datedOn: added.refusal }) : refused(added.refusal)
  },
  { mostBytes: MOST_BYTES },
)
