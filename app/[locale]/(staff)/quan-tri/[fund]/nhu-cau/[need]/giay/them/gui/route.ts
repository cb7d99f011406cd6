import { addNeedPaper, keepNeedPaper } from '@/lib/needs/papers'
import { act } from '@/lib/staff/act'
import { isAllowedSomewhere } from '@/lib/staff/permissions'
import { consoleForm } from '../../../../../../console-form'

/** A paper of twenty megabytes, and what a form writes around it. */
const MOST_BYTES = 21 * 1024 * 1024

/** Takes in a document that proves a need. It is stored before the act: a crash between leaves bytes that are swept. */
export const { GET, POST } = consoleForm(
  ({ need = '' }) => `/nhu-cau/${need}`,
  async ({ context, staff, fund, fields, files, parts, done, refused }) => {
    const needId = /^\d{1,9}$/.test(parts['need'] ?? '') ? Number(parts['need']) : 0
    const key = fields['key'] ?? ''
    const file = files['tep']
    if (!/^[\w-]{8,80}$/.test(key)) return refused('not_found')
    if (!file) return refused('no_file')
    if (!isAllowedSomewhere(staff.roles, 'needs.report', fund.id)) return refused('not_allowed')
    const kept = await keepNeedPaper(context, file.bytes)
    if (!kept.ok) return refused(kept.refusal)
    const added = await act(
      context,
      staff,
      {
        ...{ permission: 'needs.report', fundId: fund.id, about: { kind: 'need', id: needId } },
        after: ({ paperId }: { paperId: bigint }) => ({ paper: String(paperId) }),
      },
      (inside, by) => addNeedPaper(inside, { needId, ...kept.value, by, key }),
    )
    return added.ok ? done(`/nhu-cau/${needId}?xong=paper`) : refused(added.refusal)
  },
  { mostBytes: MOST_BYTES },
)
