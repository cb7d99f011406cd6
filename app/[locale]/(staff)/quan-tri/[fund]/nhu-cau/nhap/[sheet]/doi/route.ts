import { acceptNeedSheet, discardNeedSheet } from '@/lib/needs/import'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../../console-form'

/** Takes a staged sheet in as a whole, or throws it away as a whole. */
export const { GET, POST } = consoleForm(
  ({ sheet = '' }) => `/nhu-cau/nhap/${sheet}`,
  async ({ context, staff, fund, fields, parts, done, refused }) => {
    const importId = /^\d{1,9}$/.test(parts['sheet'] ?? '') ? Number(parts['sheet']) : 0
    const deed = { permission: 'needs.import', fundId: fund.id, about: { kind: 'need_sheet', id: importId } } as const
    if (fields['viec'] === 'bo') {
      const discarded = await act(context, staff, { ...deed, after: { change: 'discarded' } }, (inside, by) =>
        discardNeedSheet(inside, { importId, by }),
      )
      return discarded.ok ? done('/nhu-cau/nhap?xong=discarded') : refused(discarded.refusal)
    }
    const wish = { importId, shown: fields['shown'] ?? '', mayReportFor: null }
    const accepted = await act(
      context,
      staff,
      { ...deed, after: ({ taken }: { taken: number }) => ({ change: 'accepted', taken }) },
      (inside, by) => acceptNeedSheet(inside, { ...wish, by }),
    )
    return accepted.ok ? done('/nhu-cau?xong=taken') : refused(accepted.refusal)
  },
)
