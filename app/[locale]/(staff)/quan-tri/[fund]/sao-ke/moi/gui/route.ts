import { staffAsking } from '@/lib/console/asked'
import { consolePath } from '@/lib/console/model'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { readUpload } from '@/lib/http/upload'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { giveFile } from '@/lib/statements/commands'
import { storeFile } from '@/lib/statements/store'
import { signInPath } from '../../../../sign-in-path'

interface Props {
  params: Promise<{ locale: string; fund: string }>
}

const PAGE = '/sao-ke'

/**
 * Takes a file as it streams in: who may not give one is told before any of it is stored, and the permission counts again
 * when it is given to the fund.
 */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, fund: slug } = await params
  const locale: Locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const own = consolePath(slug, PAGE)
  const refused = (code: string) => seeOther(`${localePath(locale, own)}?loi=${code}`)
  const staff = await staffAsking(context, request.headers, locale)
  if (!staff?.isComplete) return seeOther(signInPath(locale, own))
  const fund = staff.funds.find((one) => one.slug === slug)
  if (!fund || !isAllowed(staff.roles, 'bank.import', { fundId: fund.id })) return refused('not_allowed')
  const taken = await readUpload(request, async ({ fields, name, bytes }) => {
    const stored = await storeFile(context, bytes)
    if (!stored.ok) return stored
    const account = fields['account'] ?? ''
    const given = { fundId: fund.id, name, receivingAccountId: /^\d{1,9}$/.test(account) ? Number(account) : null }
    const key = /^[0-9a-f]{32}$/.exec(fields['key'] ?? '')?.[0] ?? Buffer.from(context.random(16)).toString('hex')
    return act(
      context,
      staff,
      {
        ...{ permission: 'bank.import', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
        after: (fileId: bigint) => ({ statement: String(fileId), bytes: stored.value.bytes }),
      },
      (inside, by) => giveFile(inside, { ...stored.value, ...given, idempotencyKey: `${fund.id}:${key}`, by }),
    )
  }).catch(() => null)
  if (taken === null) return refused('broken_off')
  if (!taken.ok) return refused(taken.refusal === 'no_file' ? 'empty' : taken.refusal)
  if (!taken.value.ok) return refused(taken.value.refusal)
  return seeOther(localePath(locale, consolePath(slug, `${PAGE}/${taken.value.value}`)))
}

/** Somebody opened the address of the handler: the form is next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, fund } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', consolePath(fund, PAGE)))
}
