import { act } from '@/lib/staff/act'
import { throwFileAway } from '@/lib/statements/commands'
import { consoleForm } from '../../../../console-form'

const pageOf = (parts: Record<string, string>) => `/sao-ke/${parts['file'] ?? ''}`

/** Throws a file away as a whole. */
export const { GET, POST } = consoleForm(pageOf, async ({ context, staff, fund, parts, done, refused }) => {
  const id = /^\d{1,9}$/.exec(parts['file'] ?? '')?.[0] ?? '0'
  const thrown = await act(context, staff, { permission: 'bank.import', fundId: fund.id, about: { kind: 'statement', id } }, (inside, by) =>
    throwFileAway(inside, { fundId: fund.id, fileId: BigInt(id), by }),
  )
  return thrown.ok ? done(`${pageOf(parts)}?xong=thrown`) : refused(thrown.refusal)
})
