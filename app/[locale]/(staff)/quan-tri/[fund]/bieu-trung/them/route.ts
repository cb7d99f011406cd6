import { sha256 } from '@/lib/files/digest'
import { organisationOf } from '@/lib/recognition/logo-desk'
import { addStoredLogo, findLogo, storeLogo } from '@/lib/recognition/logos'
import { readLogo } from '@/lib/recognition/schema'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { consoleForm } from '../../../console-form'

/** A picture of at most 20 MB, and what a form writes around it. */
const MOST_BYTES = 21 * 1024 * 1024

/** Adds the logo of an organisation that the fund thanks by name; another person releases it. Sent twice, it is one. */
export const { GET, POST } = consoleForm(
  '/bieu-trung',
  async ({ context, staff, fund, fields, files, done, back, refused }) => {
    const read = readLogo(fields)
    if (!read.ok) return back(read.refusal)
    if (!isAllowed(staff.roles, 'logos.add', { fundId: fund.id })) return refused('not_allowed')
    const giverKey = await organisationOf(context, fund.id, read.value.organisation)
    if (!giverKey) return back({ organisation: 'blank' })
    const bytes = files['logo']?.bytes
    if (!bytes) return back({ logo: 'no_file' })
    // The same form with another picture is another logo.
    const key = [staff.id, read.value.key, sha256(bytes)].join(':')
    if ((await findLogo(context, key)) !== null) return done('/bieu-trung?xong=added')
    const logo = await storeLogo(context, bytes)
    if (!logo.ok) return back({ logo: logo.refusal })
    const added = await act(
      context,
      staff,
      {
        ...{ permission: 'logos.add', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
        after: ({ logoId }: { logoId: bigint }) => ({ logo: String(logoId) }),
      },
      (inside, by) => addStoredLogo(inside, { fundId: fund.id, giverKey, logo: logo.value, by, key }),
    )
    return added.ok ? done('/bieu-trung?xong=added') : refused(added.refusal)
  },
  { mostBytes: MOST_BYTES },
)
