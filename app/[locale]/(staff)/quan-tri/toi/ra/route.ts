import { staffAsking } from '@/lib/console/asked'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { leave } from '@/lib/staff/sign-in/enter'
import { sessionCookies } from '@/lib/staff/sign-in/token'

interface Props {
  params: Promise<{ locale: string }>
}

/** Signs out here, or everywhere. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const staff = await staffAsking(context, request.headers, locale)
  const form = await readForm(request)
  const isEverywhere = form.ok && form.value['o'] === 'moi-may'
  if (staff) await leave(context, staff, isEverywhere)
  const path = localePath(locale, `/quan-tri/dang-nhap?ra=${isEverywhere ? 'moi-may' : '1'}`)
  const answer = seeOther(path, sessionCookies('', context.origin.startsWith('https:')))
  // Whoever has the machine next finds nothing of it by the back button either (ASVS 14.3.1).
  answer.headers.set('Clear-Site-Data', '"cache"')
  return answer
}

/** Somebody opened the address of the handler: the buttons are next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', '/quan-tri/toi'))
}
