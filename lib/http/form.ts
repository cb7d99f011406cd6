import { refuse, ok, type Result } from '../result'
import { readBody } from './body'
import { SECURE_PREFIX } from './cookies'

/** A form of text fields is never longer. */
const MOST_BYTES = 16_384

/**
 * Reads a posted form, urlencoded or multipart, without ever holding more than 16 kB of it.
 * @returns its text fields, the last of a name; files are left out
 */
export async function readForm(request: Request): Promise<Result<Record<string, string>, 'too_large' | 'not_a_form'>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return refuse('not_a_form')
  const body = await readBody(request, MOST_BYTES)
  if (!body) return refuse('too_large')
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    const fields: Record<string, string> = {}
    for (const [name, value] of form) if (typeof value === 'string') fields[name] = value.replaceAll('\0', '').toWellFormed()
    return ok(fields)
  } catch {
    return refuse('not_a_form')
  }
}

/** Sends the browser on after a form, to a path of this site. */
export function seeOther(path: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ Location: path, 'Cache-Control': 'no-store' })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/**
 * A cookie that scripts can't read and other sites' forms don't send. On a site with TLS its name says so; what reads
 * it needs to know nothing of that (./cookies).
 * @param maxAgeSeconds 0 removes it
 */
export function cookie(
  name: string,
  value: string,
  { path, maxAgeSeconds, isSecure }: { path: string; maxAgeSeconds: number; isSecure: boolean },
): string {
  return `${isSecure ? SECURE_PREFIX : ''}${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}
