import { act } from '@/lib/staff/act'
import { undoUnread } from '@/lib/unread/commands'
import { consoleForm } from '../../../../console-form'

/** Takes back what was said of something that no machine could read. */
export const { GET, POST } = consoleForm('/ngan-hang/chua-ro', async ({ context, staff, fund, fields, done, refused }) => {
  const { viec = '' } = fields
  if (!/^[1-9]\d{0,17}$/.test(viec)) return refused('not_found')
  const undone = await act(
    context,
    staff,
    {
      ...{ permission: 'bank.decide', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: { undone: viec },
    },
    (inside, by) => undoUnread(inside, { fundId: fund.id, decisionId: BigInt(viec), by }),
  )
  return undone.ok ? done('/ngan-hang/chua-ro?xong=undone') : refused(undone.refusal)
})
