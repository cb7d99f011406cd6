import { act } from '@/lib/staff/act'
import { acceptFile } from '@/lib/statements/commands'
import { consoleForm } from '../../../../console-form'

const pageOf = (parts: Record<string, string>) => `/sao-ke/${parts['file'] ?? ''}`

/** Accepts a file as a whole. */
export const { GET, POST } = consoleForm(pageOf, async ({ context, staff, fund, fields, parts, done, refused }) => {
  const id = /^\d{1,9}$/.exec(parts['file'] ?? '')?.[0] ?? '0'
  const accepted = await act(
    context,
    staff,
    { permission: 'bank.import', fundId: fund.id, about: { kind: 'statement', id } },
    (inside, by) => acceptFile(inside, { fundId: fund.id, fileId: BigInt(id), by, despite: fields['despite'] ?? null }),
  )
  return accepted.ok ? done(`${pageOf(parts)}?xong=accepted`) : refused(accepted.refusal)
})
