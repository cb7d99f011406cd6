import { act } from '@/lib/staff/act'
import { confirmAppointment, endRole, withdrawAppointment } from '@/lib/staff/people'
import { consoleForm } from '../../../console-form'

/** What a button of the table decides: its name says what, its value about which role. */
const DECISIONS = {
  confirm: { permission: 'people.confirm', run: confirmAppointment, done: 'confirmed' },
  withdraw: { permission: 'people.withdraw', run: withdrawAppointment, done: 'withdrawn' },
  end: { permission: 'people.end', run: endRole, done: 'ended' },
} as const

/** Confirms, stops or ends a role. */
export const { GET, POST } = consoleForm('/nguoi', async ({ context, staff, fund, fields, done, refused }) => {
  for (const [name, { permission, run, done: how }] of Object.entries(DECISIONS)) {
    const id = fields[name]
    if (id === undefined || !/^\d{1,18}$/.test(id)) continue
    const roleId = BigInt(id)
    const decided = await act<typeof context, null, string>(
      context,
      staff,
      { permission, fundId: fund.id, about: { kind: 'role', id: roleId }, after: { change: how } },
      (inside, by) => run(inside, { roleId, by }),
    )
    return decided.ok ? done(`/nguoi?xong=${how}`) : refused(decided.refusal)
  }
  return refused('not_found')
})
