import { cookie } from '../http/form'
import { localePath, LOCALES } from '../i18n/locale'

/** Holds a form that comes back with errors, for the page of that form alone. */
export const RETURNED_COOKIE = 'td_nhap'
/** The same for the form of goods: its page lies under that of the form for money, so it is sent both. */
export const RETURNED_GOODS_COOKIE = 'td_nhap_hien_vat'
type ReturnedName = typeof RETURNED_COOKIE | typeof RETURNED_GOODS_COOKIE
const RETURNED_SECONDS = 600

/** Holds the secret of a gift's link, so that its donor finds their own part on the gift's page. */
export const keyCookie = (code: string): string => `tdk_${code}`
const KEY_SECONDS = 400 * 86_400

/** Below it are the pages of all gifts. */
export const FOLLOW_PATH = '/theo-doi'

/** Address of a gift's page, in Vietnamese. */
export const giftPath = (code: string): string => `${FOLLOW_PATH}/${code}`

/** Keeps what was typed until the form is shown again. `path` is the form's own, in its language. */
export const returnedCookie = (value: string, path: string, isSecure: boolean, name: ReturnedName = RETURNED_COOKIE): string =>
  cookie(name, value, { path, maxAgeSeconds: RETURNED_SECONDS, isSecure })

export const forgetReturned = (path: string, isSecure: boolean, name: ReturnedName = RETURNED_COOKIE): string =>
  cookie(name, '', { path, maxAgeSeconds: 0, isSecure })

/** Takes the secret of a gift's link from this browser, and what was typed into a form of its page. */
export const forgetKey = (code: string, isSecure: boolean): string[] =>
  LOCALES.flatMap((locale) =>
    [keyCookie(code), RETURNED_COOKIE, RETURNED_GOODS_COOKIE].map((name) =>
      cookie(name, '', { path: localePath(locale, giftPath(code)), maxAgeSeconds: 0, isSecure }),
    ),
  )

/** One for the gift's page in each language, and no other page. */
export const keyCookies = (code: string, secret: string, isSecure: boolean): string[] =>
  LOCALES.map((locale) =>
    cookie(keyCookie(code), secret, { path: localePath(locale, giftPath(code)), maxAgeSeconds: KEY_SECONDS, isSecure }),
  )
