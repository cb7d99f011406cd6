import type { PaperKind } from '@/lib/evidence/model'
import { addCopy, addStoredPaper, findPaper, storeCopyOf, storePaper, type PaperOf } from '@/lib/evidence/papers'
import { sha256 } from '@/lib/files/digest'
import { paperType } from '@/lib/files/paper-type'
import type { Result } from '@/lib/result'
import { act } from '@/lib/staff/act'
import type { Permission } from '@/lib/staff/permissions'
import type { Thing } from '@/lib/staff/things'
import type { Day } from '@/lib/time/day'
import type { SentForm } from '../console-form'
import { chosenFile } from './chosen-file'

/** Of a form with a paper: an original and a copy of at most 20 MB each. */
export const PAPER_FORM = { mostBytes: 41 * 1024 * 1024 }

interface Taking {
  /** What the form says beside its files, or what is wrong with it, by field. */
  said: Result<{ kind: PaperKind; datedOn: Day; key: string }, Record<string, string>>
  /** What a paper of this kind is of. */
  of: (kind: PaperKind) => PaperOf
  permission: Permission
  about: Thing
  /** The original must be a PDF or a picture: others may see it, or it was asked for as such. */
  isTyped: boolean
  /** The redacted copy may come later. */
  isCopyLater: boolean
  /** Back to the page with what was done. */
  finish: (done: 'paper') => Response
}

/**
 * Takes a paper that a form of the console brings: its original is kept apart, its redacted copy waits for another person.
 * Sent twice, it is one. Who may add papers at all is for the route to say, before files are read into the store.
 */
export async function takePaper(form: SentForm, taking: Taking): Promise<Response> {
  const { context, staff, fund, back, refused } = form
  const { said, permission, about, isTyped, isCopyLater, finish } = taking
  if (!said.ok) return back(said.refusal)
  const { kind, datedOn, key } = said.value
  const original = await chosenFile(form, 'original')
  if (!original.ok) return back({ original: original.refusal })
  if (isTyped && paperType(original.value) === null) return back({ original: 'not_a_paper' })
  const copy = await chosenFile(form, 'copy')
  if (!copy.ok && !(isCopyLater && copy.refusal === 'no_file')) return back({ copy: copy.refusal })
  const files = { original: original.value, copy: copy.ok ? copy.value : null }
  // The same form with other files is another paper.
  const own = [staff.id, key, sha256(files.original), ...(files.copy ? [sha256(files.copy)] : [])].join(':')
  if ((await findPaper(context, own)) !== null) return finish('paper')
  const stored = await storePaper(context, files)
  if (!stored.ok) return back({ [files.copy === null ? 'original' : 'copy']: stored.refusal })
  const added = await act(
    context,
    staff,
    { permission, fundId: fund.id, about, after: ({ paperId }: { paperId: bigint }) => ({ paper: String(paperId), kind }) },
    (inside, by) => addStoredPaper(inside, { ...taking.of(kind), kind, datedOn, paper: stored.value, by, key: own }),
  )
  if (added.ok) return finish('paper')
  return added.refusal === 'not_yet' ? back({ datedOn: added.refusal }) : refused(added.refusal)
}

/** Takes the redacted copy of a paper that had none. */
export async function takeCopy(
  form: SentForm,
  { paperId, permission, finish }: Pick<Taking, 'permission' | 'finish'> & { paperId: string },
): Promise<Response> {
  const { context, staff, fund, back, refused } = form
  const copy = await chosenFile(form, 'copy')
  if (!copy.ok) return back({ copy: copy.refusal })
  const stored = await storeCopyOf(context, { paperId: BigInt(paperId), copy: copy.value })
  if (!stored.ok) return back({ copy: stored.refusal })
  const added = await act(
    context,
    staff,
    { permission, fundId: fund.id, about: { kind: 'paper', id: paperId }, after: { change: 'copy' } },
    (inside, by) => addCopy(inside, { paperId: BigInt(paperId), copy: stored.value, by }),
  )
  return added.ok ? finish('paper') : refused(added.refusal)
}
