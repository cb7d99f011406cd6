import { isAnyOf } from '../../db/rows'
import { pledges } from '../../db/schema'
import type { Context } from '../context'
import { cookie } from '../http/form'
import { localePath, LOCALES } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import { isPaymentCode, normalizeCode } from './codes'
import { FOLLOW_PATH, giftPath } from './cookies'
import { isSecret } from './secret'

/*
 * A donor who gave several times has as many codes, and nothing but their private links says that they are one person's. So
 * their own browser gathers the keys of those that are to stand on one paper, for a day; nothing of it is kept here.
 */

/** Holds the keys of gathered gifts, for the pages of gifts. */
export const GATHERED_COOKIE = 'td_gop'
const GATHERED_SECONDS = 86_400
/** Of a browser's four kilobytes these take less than half. */
export const MOST_GATHERED = 50

/** Holds the text whose links could not be gathered, for the statement that it was typed on. */
export const RETURNED_LINKS_COOKIE = 'td_nhap_gop'
const RETURNED_SECONDS = 600
const MOST_RETURNED_BYTES = 2_600
/** Longest text with links. */
export const MOST_TYPED = 8_000
/** A form with it is no longer, also where each letter of it is sent as nine. */
export const MOST_POSTED_BYTES = 9 * MOST_TYPED + 1_024

/** A code with the secret of its private link. */
export interface GiftKey {
  code: string
  secret: string
}

const KEY = /^(TD\w{7}):([\w-]{22})$/
const LINK = /\/theo-doi\/([^/\s]{9,40})\/khoa\/([\w-]{22})(?![\w-])/g

/** Reads the cookie; whether the keys fit must be asked (`fittingKeys`). */
export const readGathered = (value: string | undefined): GiftKey[] =>
  (value ?? '')
    .split('.')
    .flatMap((part) => {
      const [, code, secret] = KEY.exec(part) ?? []
      return code !== undefined && secret !== undefined && isPaymentCode(code) ? [{ code, secret }] : []
    })
    .slice(0, MOST_GATHERED)

/** The cookie, for the pages of all gifts in each language; without keys it is taken away. */
export const gatheredCookies = (keys: readonly GiftKey[], isSecure: boolean): string[] =>
  LOCALES.map((locale) =>
    cookie(GATHERED_COOKIE, keys.map(({ code, secret }) => `${code}:${secret}`).join('.'), {
      path: localePath(locale, FOLLOW_PATH),
      maxAgeSeconds: keys.length === 0 ? 0 : GATHERED_SECONDS,
      isSecure,
    }),
  )

/** The keys in a text: of each private link that stands in it, whatever is around it. */
export const keysIn = (text: string): GiftKey[] =>
  [...text.matchAll(LINK)].map(([, code = '', secret = '']) => ({ code: normalizeCode(code), secret }))

/** Of the lines of a text those that opened nothing; of a line with several links those of them. */
export const closedLinks = (text: string, opened: readonly GiftKey[]): string =>
  text
    .split(/\r?\n/)
    .flatMap((line) => {
      const keys = keysIn(line)
      const closed = keys.filter((key) => !opened.some((one) => one.code === key.code && one.secret === key.secret))
      return closed.length === keys.length ? (line.trim() === '' ? [] : [line]) : closed.map(linkOf)
    })
    .join('\n')

const linkOf = ({ code, secret }: GiftKey): string => `${giftPath(code)}/khoa/${secret}`

/** As much of a text as is kept until its form is shown again: where it is too long its links alone, else whole lines of it. */
export function fittingText(text: string): { text: string; isWhole: boolean } {
  if (fits(text)) return { text, isWhole: true }
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const keys = keysIn(line)
    return keys.length > 0 ? keys.map(linkOf) : line.trim() === '' ? [] : [line]
  })
  let bytes = -1
  const first = lines.findIndex((line) => (bytes += Buffer.byteLength(line) + 1) > MOST_RETURNED_BYTES)
  return { text: lines.slice(0, first === -1 ? lines.length : first).join('\n'), isWhole: first === -1 }
}

const fits = (text: string): boolean => Buffer.byteLength(text) <= MOST_RETURNED_BYTES

/** Keys with others added: of a code the one that came last. Refuses more than are gathered. */
export function gather(keys: readonly GiftKey[], more: readonly GiftKey[]): Result<GiftKey[], 'too_many'> {
  const all = [...new Map([...keys, ...more].map((key) => [key.code, key])).values()]
  return all.length > MOST_GATHERED ? refuse('too_many') : ok(all)
}

/** Keys without those of a code. */
export const without = (keys: readonly GiftKey[], code: string): GiftKey[] => keys.filter((key) => key.code !== code)

/** Those keys that open their gift. */
export async function fittingKeys({ db }: Pick<Context, 'db'>, keys: readonly GiftKey[]): Promise<GiftKey[]> {
  if (keys.length === 0) return []
  const codes = keys.map(({ code }) => code)
  const rows = await db.select({ code: pledges.code, secretHash: pledges.secretHash }).from(pledges).where(isAnyOf(pledges.code, codes))
  const hashes = new Map(rows.map(({ code, secretHash }) => [code, secretHash]))
  return keys.filter(({ code, secret }) => {
    const hash = hashes.get(code)
    return hash !== undefined && isSecret(secret, hash)
  })
}

/** Keeps a text that fits until the statement is shown again; an empty one is forgotten. @param code of the statement */
export const returnedLinksCookies = (text: string, code: string, isSecure: boolean): string[] =>
  LOCALES.map((locale) =>
    cookie(RETURNED_LINKS_COOKIE, Buffer.from(text).toString('base64url'), {
      path: `${localePath(locale, giftPath(code))}/bang-ke`,
      maxAgeSeconds: text === '' ? 0 : RETURNED_SECONDS,
      isSecure,
    }),
  )

/** Reads that cookie. */
export const readReturnedLinks = (value: string | undefined): string => Buffer.from(value ?? '', 'base64url').toString('utf8')
