import { z } from 'zod'
import { cookie } from '../http/form'
import { cookieOf, type AskedHeaders } from './asked'

/** Holds what was typed into a form of the console that comes back, for the page of that form alone. */
const TYPED_COOKIE = 'td_viec'
const TYPED_SECONDS = 3_600
/** What browsers hold of a cookie, less its name and attributes. */
const MOST_BYTES = 3_600

/** What was typed, and what is wrong with it: codes of errors by field. */
export interface TypedForm {
  fields: Record<string, string>
  errors: Record<string, string>
}

const shape = z.object({ fields: z.record(z.string(), z.string()), errors: z.record(z.string(), z.string()) })

/**
 * Keeps what was typed until its form is shown again (docs/decisions/0006). What does not fit into a cookie is left
 * out, the longest fields first: such forms keep themselves in the browser besides.
 * @param path the form's own page, in its language
 */
export function typedCookie({ fields, errors }: TypedForm, path: string, isSecure: boolean): string {
  const kept = Object.entries(fields).toSorted(([, a], [, b]) => a.length - b.length)
  const written = () => Buffer.from(JSON.stringify({ fields: Object.fromEntries(kept), errors })).toString('base64url')
  while (kept.length > 0 && written().length > MOST_BYTES) kept.pop()
  return cookie(TYPED_COOKIE, written(), { path, maxAgeSeconds: TYPED_SECONDS, isSecure })
}

export const forgetTyped = (path: string, isSecure: boolean): string => cookie(TYPED_COOKIE, '', { path, maxAgeSeconds: 0, isSecure })

/** What was typed before, where the form came back; null where it is shown for the first time. */
export function readTyped(headers: AskedHeaders): TypedForm | null {
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(cookieOf(headers, TYPED_COOKIE) ?? '', 'base64url').toString('utf8')))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
