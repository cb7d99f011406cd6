import { acceptNeedSheet, discardNeedSheet } from '@/lib/needs/import'
import { act } from '@/lib/staff/act'
import { communesOf } from '@/lib/staff/permissions'
import { actingIn, consoleForm } from '../../../../../console-form'

/** Takes a staged sheet in as a whole, or throws it away as a whole. */
export const { GET, POST } = consoleForm(
  ({ sheet = '' }) => `/nhu-cau/nhap/${sheet}`,
  async ({ context, staff, fund, fields, parts, done, refused }) => {
    const importId = /^\d{1,9}$/.test(parts['sheet'] ?? '') ? Number(parts['sheet']) : 0
    const mayReportFor = communesOf(staff.roles, 'needs.import', fund.id)
    const deed = {
      ...{ permission: 'needs.import' as const, fundId: fund.id, about: { kind: 'need_sheet' as const, id: importId } },
      ...actingIn(mayReportFor),
    }
    if (fields['viec'] === 'bo') {
      const discarded = await act(context, staff, { ...deed, after: { change: 'discarded' } }, (inside, by) =>
        discardNeedSheet(inside, { importId, mayReportFor, by }),
      )
      return discarded.ok ? done('/nhu-cau/nhap?xong=discarded') : refused(discarded.refusal)
    }
    const wish = { importId, shown: fields['shown'] ?? '', mayReportFor }
    const accepted = await act(
      context,
      staff,
      { ...deed, after: ({ taken }: { taken: number }) => ({ change: 'accepted', taken }) },
      (inside, by) => acceptNeedSheet(inside, { ...wish, by }),
    )
    return accepted.ok ? done('/nhu-cau?xong=taken') : refused(accepted.refusal)
  },
)
