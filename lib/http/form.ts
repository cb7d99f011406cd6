import { refuse, ok, type Result } from '../result'
import { readBody } from './body'
import { SECURE_PREFIX } from './cookies'

/** A form of text fields is never longer. */
const MOST_BYTES = 16_384

/** What a form posted: its text fields, the last of a name, and the bytes of its files. */
export interface PostedForm {
  fields: Record<string, string>
  /** Only files that were chosen, with the names they had. */
  files: Record<string, { name: string; bytes: Uint8Array }>
}

/**
 * Reads a posted form, urlencoded or multipart, without ever holding more of it than it may have.
 * @param mostBytes 16 kB where left out
 */
export async function readPosted(request: Request, mostBytes = MOST_BYTES): Promise<Result<PostedForm, 'too_large' | 'not_a_form'>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return refuse('not_a_form')
  const body = await readBody(request, mostBytes)
  if (!body) return refuse('too_large')
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    const posted: PostedForm = { fields: {}, files: {} }
    for (const [name, value] of form) {
      if (typeof value === 'string') posted.fields[name] = value.replaceAll('\0', '').toWellFormed()
      else if (value.size > 0) posted.files[name] = { name: value.name, bytes: await value.bytes() }
    }
    return ok(posted)
  } catch {
    return refuse('not_a_form')
  }
}

/**
 * Reads a posted form that has no files.
 * @returns its text fields, the last of a name; files are left out
 */
export async function readForm(request: Request): Promise<Result<Record<string, string>, 'too_large' | 'not_a_form'>> {
  const posted = await readPosted(request)
  return posted.ok ? ok(posted.value.fields) : posted
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
