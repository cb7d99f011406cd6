import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { staffAsking } from '@/lib/console/asked'
import { serverContext, type ServerContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import type { Result } from '@/lib/result'
import type { Staff } from '@/lib/staff/model'
import type { ProveRefusal, Prover } from '@/lib/staff/sign-in/factors'
import { goOnPath } from '../sign-in-path'

/** As Next gives a page or handler of the second factor. */
export interface ProvingProps {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Who came by a link, whether or not a second factor was shown; nobody else gets further. */
export async function whoProves(language: string): Promise<{ locale: Locale; context: ServerContext; staff: Staff }> {
  if (!isLocale(language)) notFound()
  const context = serverContext()
  const staff = await staffAsking(context, await headers(), language)
  if (!staff) redirect(localePath(language, '/quan-tri/dang-nhap'))
  return { locale: language, context, staff }
}

/** Takes a code: on to where somebody was going, or back to be told. @param page Vietnamese path of its form */
export async function takeCode(
  request: Request,
  { params }: Pick<ProvingProps, 'params'>,
  page: string,
  check: (context: ServerContext, prover: Prover, typed: string) => Promise<Result<null, ProveRefusal>>,
): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const staff = await staffAsking(context, request.headers, locale)
  if (!staff) return seeOther(localePath(locale, '/quan-tri/dang-nhap'))
  const form = await readForm(request)
  const { ma: typed = '', tiep: goOn = '' } = form.ok ? form.value : {}
  const proved = await check(context, { sessionId: staff.sessionId, network: staff.network, staffId: staff.id }, typed.slice(0, 40))
  if (proved.ok) return seeOther(goOnPath(locale, goOn))
  if (proved.refusal === 'too_many') return seeOther(localePath(locale, '/quan-tri/dang-nhap?loi=ma'))
  return seeOther(localePath(locale, `${page}?loi=${proved.refusal}&tiep=${encodeURIComponent(goOn)}`))
}

/** Somebody opened the address of a handler: the form is next door. */
export async function backToCode({ params }: Pick<ProvingProps, 'params'>, page: string): Promise<Response> {
  const { locale } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', page))
}
