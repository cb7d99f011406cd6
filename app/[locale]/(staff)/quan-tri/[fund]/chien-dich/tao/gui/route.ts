import { startDraft } from '@/lib/campaigns/draft'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Begins a campaign from a need. */
export const { GET, POST } = consoleForm('/chien-dich', async ({ context, staff, fund, fields, done, refused }) => {
  const { need = '', key = '' } = fields
  if (!/^\d{1,9}$/.test(need) || !/^[\w-]{8,80}$/.test(key)) return refused('unknown_need')
  const begun = await act(
    context,
    staff,
    {
      ...{ permission: 'campaigns.edit', fundId: fund.id, about: { kind: 'need', id: need } },
      after: ({ draftId }: { draftId: number }) => ({ draft: draftId }),
    },
    (inside, by) => startDraft(inside, { needId: Number(need), by, key }),
  )
  return begun.ok ? done(`/chien-dich/soan/${begun.value.draftId}`) : refused(begun.refusal)
})
