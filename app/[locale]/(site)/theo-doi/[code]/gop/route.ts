import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { fittingKeys, gather, gatheredCookies, keysIn, returnedLinksCookies } from '@/lib/pledges/gathered'
import { ownButton, type Props } from '../own-button'
import { statementOf } from './statement-of'

export { backToGift as GET } from '../own-button'

/**
 * Gathers gifts for one statement, for whose browser holds the secret: this one, and those whose private links were pasted.
 * What opens nothing comes back to be mended; what opens a gift is gathered all the same.
 */
export async function POST(request: Request, props: Props): Promise<Response> {
  const { code, locale, secret, gathered } = await ownButton(props)
  const context = serverContext()
  const isSecure = context.origin.startsWith('https:')
  const form = await readForm(request)
  const { nam = '', links = '' } = form.ok ? form.value : {}
  const path = statementOf(context, { locale, code, year: nam })
  const held = await fittingKeys(context, [...gathered, ...(secret === undefined ? [] : [{ code, secret }])])
  const own = held.find((key) => key.code === code)
  if (!form.ok || !own) return seeOther(`${path}?loi=khong#gop`)
  const opened = await fittingKeys(context, keysIn(links))
  const all = gather(held, [own, ...opened])
  if (!all.ok) return seeOther(`${path}?loi=nhieu#gop`, returnedLinksCookies(links, code, isSecure))
  const isOpened = (line: string) => keysIn(line).every((key) => opened.some((one) => one.code === key.code && one.secret === key.secret))
  const closed = links.split(/\r?\n/).filter((line) => line.trim() !== '' && (keysIn(line).length === 0 || !isOpened(line)))
  return seeOther(`${path}?${closed.length > 0 ? 'loi=khong-khoa' : 'da=gop'}#gop`, [
    ...gatheredCookies(all.value, isSecure),
    ...returnedLinksCookies(closed.join('\n'), code, isSecure),
  ])
}
