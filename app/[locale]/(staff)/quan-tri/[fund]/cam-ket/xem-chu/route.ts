import { reviewText } from '@/lib/donors/commands'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Releases or refuses a name or message that waits. The trail keeps what was decided, never the text. */
export const { GET, POST } = consoleForm('/cam-ket', async ({ context, staff, fund, fields, done, refused }) => {
  const [, verdict, code = '', field, seen = ''] =
    /^(shown|refused) (TD[0-9A-Z]{7}) (name|message) ([0-9a-f]{64})$/.exec(fields['viec'] ?? '') ?? []
  if ((verdict !== 'shown' && verdict !== 'refused') || (field !== 'name' && field !== 'message')) return refused('nothing')
  const reviewed = await act(
    context,
    staff,
    { permission: 'texts.review', fundId: fund.id, about: { kind: 'pledge', id: code }, after: { [field]: verdict } },
    (inside, actor) => reviewText(inside, { code, field, verdict, actor, seen }),
  )
  return reviewed.ok ? done(`/cam-ket?xong=${verdict}`) : refused(reviewed.refusal)
})
