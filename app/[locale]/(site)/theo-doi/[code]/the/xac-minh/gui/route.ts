import { cookies } from 'next/headers'
import type { CardProblem } from '@/components/giving/card-check'
import { openCardPage } from '@/lib/cards/commands'
import { forgetTicket, ticketCookie } from '@/lib/cards/cookies'
import { visitorBehind } from '@/lib/cards/keys'
import type { OpenRefusal } from '@/lib/cards/model'
import { refusedCardPath } from '@/lib/cards/notes'
import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath, keyCookie } from '@/lib/pledges/cookies'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** What a refusal is called on the page that asked; null for those that belong to the gift's own page. */
const PROBLEMS: Record<OpenRefusal, CardProblem | '' | null> = {
  not_found: null,
  not_open: null,
  no_cards: null,
  paused: '',
  challenge: '',
  too_early: 'som',
  out_of_date: 'cu',
  too_many_waits: 'nhieu',
  unreachable: 'tac',
}

/** Opens the card page for who did the work, or waited; the gift's key is needed as it always is. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const path = `${localePath(locale, giftPath(code))}/the/xac-minh`
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  const secret = (await cookies()).get(keyCookie(code))?.value
  if (secret === undefined) return seeOther(refusedCardPath(locale, code, 'not_found'))
  if (!form.ok) return seeOther(path)
  const { tinh = '', cho = '' } = form.value
  const clearance = tinh === '' ? cho : tinh
  const visitor = visitorBehind(context, request.headers)
  const opened = await openCardPage(context, { code, secret, visitor, ...(clearance === '' ? {} : { clearance }) })
  if (opened.ok) return seeOther(opened.value.url, [forgetTicket(path, isSecure)])
  const problem = PROBLEMS[opened.refusal]
  if (problem === null) return seeOther(refusedCardPath(locale, code, opened.refusal))
  // Who pressed too early goes on waiting, and does not begin anew.
  return seeOther(problem === '' ? path : `${path}?loi=${problem}`, problem === 'som' ? [ticketCookie(cho, path, isSecure)] : [])
}

/** Somebody opened the address of the handler: the form stands on the page before it. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, code } = await params
  return seeOther(`${localePath(isLocale(locale) ? locale : 'vi', giftPath(normalizeCode(code)))}/the/xac-minh`)
}
