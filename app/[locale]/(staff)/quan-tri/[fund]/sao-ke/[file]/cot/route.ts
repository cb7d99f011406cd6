import { act } from '@/lib/staff/act'
import { mapColumns } from '@/lib/statements/commands'
import { BOUNDS, isField } from '@/lib/statements/model'
import { consoleForm } from '../../../../console-form'

const pageOf = (parts: Record<string, string>) => `/sao-ke/${parts['file'] ?? ''}`

/** Says what the columns of an account's files are. */
export const { GET, POST } = consoleForm(pageOf, async ({ context, staff, fund, fields, parts, done, refused }) => {
  const id = /^\d{1,9}$/.exec(parts['file'] ?? '')?.[0] ?? '0'
  const receivingAccountId = Number(/^\d{1,9}$/.exec(fields['account'] ?? '')?.[0] ?? 0)
  const columns = Array.from({ length: BOUNDS.columns }, (_, at) => ({
    header: fields[`header-${at}`] ?? '',
    field: fields[`field-${at}`] ?? '',
  })).flatMap(({ header, field }) => (isField(field) && header !== '' ? [{ header, field }] : []))
  const mapped = await act(
    context,
    staff,
    {
      permission: 'bank.import',
      fundId: fund.id,
      about: { kind: 'statement', id },
      after: { account: receivingAccountId, columns: columns.length },
    },
    (inside, by) => mapColumns(inside, { fundId: fund.id, fileId: BigInt(id), by, receivingAccountId, columns }),
  )
  return mapped.ok ? done(`${pageOf(parts)}?xong=mapped`) : refused(mapped.refusal)
})
