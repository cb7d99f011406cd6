import { networkAsked } from '@/lib/console/asked'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { enterSample } from '@/lib/staff/sign-in/enter'
import { sessionCookies } from '@/lib/staff/sign-in/token'
import { goOnPath } from '../../sign-in-path'

interface Props {
  params: Promise<{ locale: string }>
}

/** Signs in one of a sample's staff by one click. In a real database there is nothing here. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  if (context.installation.kind !== 'sample') return new Response(null, { status: 404 })
  const form = await readForm(request)
  const { ai: staffId = '', tiep: goOn } = form.ok ? form.value : {}
  const token = await enterSample(context, staffId, networkAsked(request.headers))
  if (token === null) return seeOther(localePath(locale, '/quan-tri/dang-nhap'))
  return seeOther(goOnPath(locale, goOn), sessionCookies(token, context.origin.startsWith('https:')))
}

/** Somebody opened the address of the handler: the buttons are next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', '/quan-tri/dang-nhap'))
}
