import { addCopy, addStoredPaper, findPaper, storeCopyOf, storePaper } from '@/lib/evidence/papers'
import { readSpendPaper } from '@/lib/evidence/schema'
import { sha256 } from '@/lib/files/digest'
import { paperType } from '@/lib/files/paper-type'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { spendForm, type SpendForm } from '../spend-form'

/** An original and a copy of at most 20 MB each. */
const MOST_BYTES = 41 * 1024 * 1024

/** Adds a quotation, an invoice or a receipt to a spend, or the redacted copy of one that had none. Sent twice, it is one. */
export const { GET, POST } = spendForm(
  async (form) => {
    const { staff, fund, fields, spend, refused } = form
    if (!isAllowed(staff.roles, 'evidence.add', { fundId: fund.id, communeId: spend.communeId })) return refused('not_allowed')
    const [, paperId] = /^copy-(\d{1,9})$/.exec(fields['form'] ?? '') ?? []
    return paperId === undefined ? addOne(form) : addCopyTo(form, paperId)
  },
  { mostBytes: MOST_BYTES },
)

async function addOne({ context, staff, fund, fields, files, spend, finish, back, refused }: SpendForm): Promise<Response> {
  const read = readSpendPaper(fields)
  if (!read.ok) return back(read.refusal)
  const { kind, datedOn, key } = read.value
  const [original, copy] = [files['original']?.bytes, files['copy']?.bytes ?? null]
  if (!original) return back({ original: 'no_file' })
  if (paperType(original) === null) return back({ original: 'not_a_paper' })
  // The same form with other files is another paper.
  const own = [staff.id, key, sha256(original), ...(copy ? [sha256(copy)] : [])].join(':')
  if ((await findPaper(context, own)) !== null) return finish('paper')
  const stored = await storePaper(context, { original, copy })
  if (!stored.ok) return back({ [copy === null ? 'original' : 'copy']: stored.refusal })
  const added = await act(
    context,
    staff,
    {
      ...{ permission: 'evidence.add', fundId: fund.id, about: { kind: 'spend', id: spend.key } },
      after: ({ paperId }: { paperId: bigint }) => ({ paper: String(paperId), kind }),
    },
    (inside, by) => addStoredPaper(inside, { spendId: spend.id, deliverySlug: null, kind, datedOn, paper: stored.value, by, key: own }),
  )
  if (added.ok) return finish('paper')
  return added.refusal === 'not_yet' ? back({ datedOn: added.refusal }) : refused(added.refusal)
}

async function addCopyTo({ context, staff, fund, files, finish, back, refused }: SpendForm, paperId: string): Promise<Response> {
  const copy = files['copy']?.bytes
  if (!copy) return back({ copy: 'no_file' })
  const stored = await storeCopyOf(context, { paperId: BigInt(paperId), copy })
  if (!stored.ok) return back({ copy: stored.refusal })
  const added = await act(
    context,
    staff,
    { permission: 'evidence.add', fundId: fund.id, about: { kind: 'paper', id: paperId }, after: { change: 'copy' } },
    (inside, by) => addCopy(inside, { paperId: BigInt(paperId), copy: stored.value, by }),
  )
  return added.ok ? finish('paper') : refused(added.refusal)
}
