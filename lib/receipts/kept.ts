import { z } from 'zod'
import type { Told } from './model'

/** Holds what came of a check until the page shows it: a link can't put it there, so nobody is sent to a page that says "right". */
export const TOLD_COOKIE = 'td_kiem'
export const TOLD_SECONDS = 600

/** A cookie holds about four kilobytes with its name and attributes. */
const MOST_CHARACTERS = 3_600

const toldSchema = z.object({
  verdict: z.enum(['right', 'wrong', 'unknown']),
  title: z.string().max(200),
  text: z.string().max(1_000),
  parts: z.array(
    z.object({ title: z.string().max(200), rows: z.array(z.tuple([z.string(), z.string()])).max(20), body: z.string().nullable() }),
  ),
})

/** What came of a check, as the cookie holds it: of many entries the first, and where there is no room, without their bytes. */
export function encodeTold(told: Told): string {
  for (const count of [12, 4, 2, 1, 0]) {
    for (const withBodies of [true, false]) {
      const parts = told.parts.slice(0, count).map((part) => (withBodies ? part : { ...part, body: null }))
      const encoded = Buffer.from(JSON.stringify({ ...told, parts })).toString('base64url')
      if (encoded.length <= MOST_CHARACTERS) return encoded
    }
  }
  throw new Error('what came of a check has no room in a cookie')
}

/** Reads the cookie; null where it is missing or no longer what we wrote. */
export function decodeTold(value: string | undefined): Told | null {
  if (value === undefined) return null
  try {
    return toldSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}
