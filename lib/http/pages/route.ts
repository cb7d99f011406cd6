import { CAMPAIGN_PARAMETERS } from '../../campaigns/schema'
import { localePath, LOCALES } from '../../i18n/locale'
import { CHOSEN_PARAMETERS, TYPED_PARAMETERS } from '../../line-parameters'
import { RECOGNITION_PARAMETERS } from '../../recognition/schema'

/**
 * Pages that are the same for everybody, the patterns of those that people read and follow links to, and the
 * parameters that change what they say. What people type (`typed`) is without number: such a page is not kept.
 */
const PUBLIC_PAGES: readonly { path: RegExp; patterns: readonly string[]; parameters: readonly string[]; typed?: readonly string[] }[] = [
  { path: /^\/$/, patterns: ['/'], parameters: [] },
  { path: /^\/chien-dich$/, patterns: ['/chien-dich'], parameters: CAMPAIGN_PARAMETERS },
  {
    path: /^\/(?:chien-dich|xa|nhu-cau|quy)\/[a-z0-9-]{1,120}$/,
    patterns: ['/chien-dich/:slug', '/xa/:slug', '/nhu-cau/:slug', '/quy/:slug'],
    parameters: [],
  },
  { path: /^\/(?:dot-trao|khoan-chi)\/[a-z0-9-]{1,120}$/, patterns: ['/dot-trao/:slug', '/khoan-chi/:number'], parameters: ['tu'] },
  { path: /^\/(?:xa|nhu-cau|quy|ung-ho)$/, patterns: ['/xa', '/nhu-cau', '/quy', '/ung-ho'], parameters: [] },
  { path: /^\/ghi-nhan$/, patterns: ['/ghi-nhan'], parameters: RECOGNITION_PARAMETERS, typed: ['ten'] },
  { path: /^\/sao-ke\/tep$/, patterns: ['/sao-ke/tep'], parameters: ['thang'] },
  { path: /^\/sao-ke$/, patterns: ['/sao-ke'], parameters: CHOSEN_PARAMETERS, typed: TYPED_PARAMETERS },
  { path: /^\/minh-bach\/cong-cu$/, patterns: ['/minh-bach/cong-cu'], parameters: [], typed: ['muc'] },
  { path: /^\/minh-bach$/, patterns: ['/minh-bach'], parameters: ['nam'], typed: ['ma', 'muc', 'tep'] },
  { path: /^\/nhung\/chien-dich\/[a-z0-9-]{1,120}(?:\.svg)?$/, patterns: [], parameters: [] },
  { path: /^\/(?:feed\/(?:chien-dich|dot-trao)\.xml|manifest\.webmanifest|sitemap\.xml|robots\.txt)$/, patterns: [], parameters: [] },
  { path: /^\/sitemap\/[a-z0-9-]{1,40}\.xml$/, patterns: [], parameters: [] },
]

/** Addresses that people follow links to, in each language, as patterns of the URL Standard's kind. */
export const PUBLIC_PATTERNS: readonly string[] = PUBLIC_PAGES.flatMap(({ patterns }) =>
  LOCALES.flatMap((locale) => patterns.map((pattern) => localePath(locale, pattern))),
)

/** Of these, addresses with what somebody typed, which are kept nowhere. */
export const TYPED_PATTERNS: readonly string[] = PUBLIC_PAGES.flatMap(({ patterns, typed = [] }) =>
  LOCALES.flatMap((locale) => patterns.flatMap((pattern) => typed.map((name) => `${localePath(locale, pattern)}\\?*${name}=*`))),
)

/**
 * The address under which a page that is the same for everybody is kept: its path and those of its parameters
 * that it reads, in one order, so that a link with a stranger's tracking code is the same page.
 * @returns null where the request is not for such a page
 */
export function publicPageKey(method: string | undefined, url: string): string | null {
  if (method !== 'GET' && method !== 'HEAD') return null
  const [path = '', query = ''] = url.split('?')
  const inVietnamese = path === '/en' ? '/' : path.replace(/^\/en\//, '/')
  const page = PUBLIC_PAGES.find((known) => known.path.test(inVietnamese))
  if (!page) return null
  const given = new URLSearchParams(query)
  if (page.typed?.some((name) => given.has(name))) return null
  const kept = new URLSearchParams()
  for (const name of page.parameters) {
    const values = given.getAll(name)
    // Twice the same parameter is no address of ours: the page itself says what it makes of it.
    if (values.length > 1) return null
    if (values[0] === undefined) continue
    if (!/^[a-z0-9-]{0,60}$/.test(values[0])) return null
    kept.set(name, values[0])
  }
  const key = kept.size > 0 ? `${path}?${kept.toString()}` : path
  return key.length <= 400 ? key : null
}
