import { removeIfUnused } from '@/lib/evidence/sweep'
import { hideLogo, releaseLogo } from '@/lib/recognition/logos'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

const isId = (text: string | undefined): text is string => text !== undefined && /^\d{1,9}$/.test(text)

/** Releases a logo, or withdraws one for ever. */
export const { GET, POST } = consoleForm('/bieu-trung', async ({ context, staff, fund, fields, done, refused }) => {
  const { release, withdraw } = fields
  if (isId(release)) {
    const deed = { permission: 'logos.release', fundId: fund.id, about: { kind: 'logo', id: release } } as const
    const released = await act(context, staff, deed, (inside, by) => releaseLogo(inside, { logoId: BigInt(release), by }))
    return released.ok ? done('/bieu-trung?xong=released') : refused(released.refusal)
  }
  if (!isId(withdraw)) return refused('not_found')
  const deed = { permission: 'logos.withdraw', fundId: fund.id, about: { kind: 'logo', id: withdraw } } as const
  const hidden = await act(context, staff, deed, (inside, by) => hideLogo(inside, { logoId: BigInt(withdraw), by }))
  if (!hidden.ok) return refused(hidden.refusal)
  await removeIfUnused(context, hidden.value.file)
  return done('/bieu-trung?xong=withdrawn')
})
