import { networkAsked } from '@/lib/console/asked'
import { typedCookie } from '@/lib/console/typed'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { isAddress } from '@/lib/staff/members'
import { sendLink } from '@/lib/staff/sign-in/enter'

interface Props {
  params: Promise<{ locale: string }>
}

/** Takes an address, and answers the same whoever it is of: what comes of it is done afterwards. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const form = await readForm(request)
  const { email: typed = '', tiep: goOn = '' } = form.ok ? form.value : {}
  const query = `tiep=${encodeURIComponent(goOn)}`
  if (!isAddress(typed)) {
    const path = localePath(locale, '/quan-tri/dang-nhap')
    const isSecure = context.origin.startsWith('https:')
    return seeOther(`${path}?loi=o&${query}`, [typedCookie({ fields: { email: typed.slice(0, 300) }, errors: {} }, path, isSecure)])
  }
  const network = networkAsked(request.headers)
  setImmediate(() => void sendLink(context, { typed, locale, network, goOn }))
  return seeOther(localePath(locale, `/quan-tri/da-gui-thu?${query}`))
}

/** Somebody opened the address of the handler: the form is next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', '/quan-tri/dang-nhap'))
}
