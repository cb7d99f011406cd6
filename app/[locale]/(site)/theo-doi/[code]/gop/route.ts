import { serverContext } from '@/lib/context'
import { readPosted, seeOther } from '@/lib/http/form'
import {
  closedLinks,
  fittingKeys,
  fittingText,
  gather,
  gatheredCookies,
  keysIn,
  MOST_POSTED_BYTES,
  returnedLinksCookies,
} from '@/lib/pledges/gathered'
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
  const form = await readPosted(request, MOST_POSTED_BYTES)
  const path = statementOf(context, request, { locale, code })
  const held = await fittingKeys(context, [...gathered, ...(secret === undefined ? [] : [{ code, secret }])])
  const own = held.find((key) => key.code === code)
  if (!own) return seeOther(`${path}?loi=khong#gop`)
  if (!form.ok) return seeOther(`${path}?loi=dai#gop`)
  const { links = '' } = form.value.fields
  const opened = await fittingKeys(context, keysIn(links))
  const all = gather(held, [own, ...opened])
  const back = fittingText(all.ok ? closedLinks(links, opened) : links)
  const note = !all.ok ? 'loi=nhieu' : back.isWhole && back.text === '' ? 'da=gop' : 'loi=khong-khoa'
  return seeOther(`${path}?${note}${back.isWhole ? '' : '&thieu=co'}#gop`, [
    ...(all.ok ? gatheredCookies(all.value, isSecure) : []),
    ...returnedLinksCookies(back.text, code, isSecure),
  ])
}
