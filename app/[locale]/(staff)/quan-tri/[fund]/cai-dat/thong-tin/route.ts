import { getParticulars, writeParticulars } from '@/lib/funds/particulars'
import { readParticulars } from '@/lib/funds/schema'
import { ok } from '@/lib/result'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

/** Writes where the fund is found, with what stood before. */
export const { GET, POST } = consoleForm('/cai-dat', async ({ context, staff, fund, fields, done, back, refused }) => {
  const read = readParticulars(fields)
  if (!read.ok) return back(Object.fromEntries(read.wrong.map((name) => [name, 'wrong'])))
  const written = await act(
    context,
    staff,
    {
      ...{ permission: 'fund.settings', fundId: fund.id, about: { kind: 'fund', id: fund.id }, after: { ...read.value } },
      before: async (inside) => ({ ...(await getParticulars(inside, fund.id)) }),
    },
    async (inside, by) => ok(await writeParticulars(inside, fund.id, read.value, by)),
  )
  return written.ok ? done('/cai-dat?xong=1') : refused(written.refusal)
})
