import { cookies } from 'next/headers'
import { readForm, seeOther } from '@/lib/http/form'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath, keyCookie } from '@/lib/pledges/cookies'
import { GATHERED_COOKIE, readGathered } from '@/lib/pledges/gathered'

/** Whose button was pressed: as the folder of each handler is given it. */
export interface Props {
  params: Promise<{ locale: string; code: string }>
}

/** The gift of a donor's own button: its page in the language it was pressed in, and the keys that this browser holds, of it and gathered. */
export async function ownButton({ params }: Props) {
  const { locale: language, code: typed } = await params
  const locale: Locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const held = await cookies()
  const gathered = readGathered(held.get(GATHERED_COOKIE)?.value)
  return { code, locale, path: localePath(locale, giftPath(code)), secret: held.get(keyCookie(code))?.value, gathered }
}

/** A button that turns something on or off. @param set does it, for whose browser holds the secret */
export async function ownChoice(
  request: Request,
  props: Props,
  set: (wish: { code: string; secret: string; isOn: boolean }) => Promise<{ ok: boolean }>,
): Promise<Response> {
  const { code, path, secret } = await ownButton(props)
  const form = await readForm(request)
  const choice = form.ok ? form.value['hien'] : undefined
  if (secret === undefined || (choice !== 'co' && choice !== 'khong')) return seeOther(`${path}?loi=khong`)
  return seeOther((await set({ code, secret, isOn: choice === 'co' })).ok ? `${path}?da=luu#rieng` : `${path}?loi=khong`)
}

/** Where a changed pledge is told of, and whether name and message stay as they were. */
export const savedPath = (path: string, { isNameKept }: { isNameKept: boolean }): string =>
  `${path}?da=${isNameKept ? 'luu-tru-ten' : 'luu'}#rieng`

/** Somebody opened the address of a handler: the button stands on the gift's page. */
export const backToGift = async (_request: Request, props: Props): Promise<Response> => seeOther((await ownButton(props)).path)
