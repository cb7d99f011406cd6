import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { cookie } from '../../http/form'
import { localePath, LOCALES } from '../../i18n/locale'

/** Holds the browser's token, sealed: the id of its session and nothing else. */
export const SESSION_COOKIE = 'td_quan_tri'
/** No session lasts longer; a token of one that ended is worth nothing (lib/staff/sessions). */
export const TOKEN_SECONDS = 12 * 3_600

const carried = z.object({ sid: z.uuid() })

/** The session whose id a browser's token carries; null where it is none of ours, or too old. */
export async function sessionIdOf(secret: string, token: string | undefined): Promise<string | null> {
  if (token === undefined || token === '') return null
  try {
    const read = carried.safeParse(await decode({ token, secret }))
    return read.success ? read.data.sid : null
  } catch {
    return null
  }
}

/** The token of a session, as next-auth writes it. */
export const tokenOf = (secret: string, sessionId: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret, maxAge: TOKEN_SECONDS })

/** One for the console in each language, and no other page. @param token empty removes it */
export const sessionCookies = (token: string, isSecure: boolean): string[] =>
  LOCALES.map((locale) =>
    cookie(SESSION_COOKIE, token, { path: localePath(locale, '/quan-tri'), maxAgeSeconds: token === '' ? 0 : TOKEN_SECONDS, isSecure }),
  )
