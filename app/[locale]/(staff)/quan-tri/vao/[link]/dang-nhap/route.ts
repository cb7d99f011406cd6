import { networkAsked } from '@/lib/console/asked'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { enterByLink, readLink } from '@/lib/staff/sign-in/enter'
import { sessionCookies } from '@/lib/staff/sign-in/token'
import { goOnPath } from '../../../sign-in-path'

interface Props {
  params: Promise<{ locale: string; link: string }>
}

/** Signs in by a link of an e-mail, which is used up by it. What else is asked for, the next page asks. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, link: written } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const form = await readForm(request)
  const link = readLink(decodeURIComponent(written))
  const token = link && (await enterByLink(context, link, networkAsked(request.headers)))
  if (!token) return seeOther(localePath(locale, '/quan-tri/dang-nhap?loi=duong-dan'))
  const goOn = form.ok ? form.value['tiep'] : undefined
  return seeOther(goOnPath(locale, goOn), sessionCookies(token, context.origin.startsWith('https:')))
}

/** Somebody opened the address of the handler: the button is next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, link } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', `/quan-tri/vao/${encodeURIComponent(link)}`))
}
