import { TYPED_PARAMETERS } from '../../line-parameters'
import type { PolicyName } from './policies'

/** Under which policy a request counts, and which code it is about. */
export interface Rule {
  policy: PolicyName
  /** The code it asks for, as written; null where it asks for none. */
  code: string | null
  /** Whether the handler is told the address that it came from. */
  tellsAddress?: true
}

/**
 * Finds the policy of a request. Most requests have none: pages that everybody shares come from the page cache,
 * and cost next to nothing.
 * @param url path and query; percent-escapes count as what they stand for, as they do where pages are found
 */
export function ruleOf(method: string, url: string): Rule | null {
  const [rawPath = '/', query = ''] = url.split('?')
  const [first = '', second = '', third = '', ...rest] = segmentsOf(rawPath)
  const isReading = method === 'GET' || method === 'HEAD'
  switch (first) {
    case 'ung-ho':
      if (!isReading && third === 'gui') return { policy: 'give', code: null, tellsAddress: true }
      return !isReading && third === 'hien-vat' && rest[0] === 'gui' ? { policy: 'give', code: null } : null
    case 'theo-doi':
      if (second === '') return null
      if (!isReading && third === 'the') return { policy: 'card', code: second, tellsAddress: true }
      if (third === 'the' && rest[0] === 'xac-minh') return { policy: 'follow', code: second, tellsAddress: true }
      if (!isReading || (third === 'khoa' && rest.length > 0)) return { policy: 'change', code: second }
      // Receipts tell whether there is such a code, as the gift's page does.
      return { policy: 'follow', code: ['', 'bien-nhan', 'bang-ke'].includes(third) ? second : null }
    case 'tra-cuu':
      // It only looks at how the code is written, and sends on to the gift's page, which counts it.
      return new URLSearchParams(query).has('ma') ? { policy: 'follow', code: null } : null
    case 'ghi-nhan':
      // A name that is looked for is on no page that is kept.
      return new URLSearchParams(query).has('ten') ? { policy: 'render', code: null } : null
    case 'sao-ke':
      if (second === 'tep') return { policy: 'files', code: null }
      // What is typed, and what begins anywhere, is on no page that is kept.
      return TYPED_PARAMETERS.some((name) => new URLSearchParams(query).has(name)) ? { policy: 'render', code: null } : null
    case 'sao-ke.csv':
      return { policy: 'render', code: null }
    case 'minh-bach':
      // A code is looked up there as in its own page; a file is hashed.
      if (isReading && new URLSearchParams(query).has('ma')) return { policy: 'follow', code: new URLSearchParams(query).get('ma') }
      // Several numbers (lib/receipts/asked.ts) are as many entries as a code may have.
      if (isReading && new URLSearchParams(query).get('muc')?.includes('_')) return { policy: 'follow', code: null }
      return !isReading || ['muc', 'tep'].some((name) => new URLSearchParams(query).has(name)) ? { policy: 'render', code: null } : null
    case 'ngan-hang-thu':
      return !isReading && second === 'gui' ? { policy: 'test-bank', code: null } : null
    case 'quan-tri':
      // Whoever acts is in the trail with the network they came from.
      return { policy: isSigningIn(isReading, second) ? 'sign-in' : 'console', code: null, tellsAddress: true }
    case 'tep':
    case 'log':
      return { policy: 'files', code: null }
    case 'hinh':
      // A gift's picture tells whether there is such a code, as its page does.
      return { policy: 'links', code: second === 'theo-doi' && third !== '' ? third.replace(/\.png$/, '') : null }
    case 'api':
      // Each look asks the database.
      if (second === 'health') return { policy: 'render', code: null }
      if (second === 'gifts' && third !== '') return { policy: 'poll', code: third }
      if (second === 'oembed') return { policy: 'links', code: null }
      return second === 'webhooks' && !isReading ? { policy: 'webhook', code: null } : null
    default:
      return null
  }
}

/** What could be tried again and again: reading is none of it, but a link that is opened is. */
const isSigningIn = (isReading: boolean, part: string): boolean => !isReading && ['dang-nhap', 'vao', 'xac-thuc'].includes(part)

/** Segments of a path, decoded, without the language. */
function segmentsOf(rawPath: string): string[] {
  const segments = rawPath
    .split('/')
    .map((segment) => decoded(segment).toLowerCase())
    .filter((segment) => segment !== '')
  return segments[0] === 'en' || segments[0] === 'vi' ? segments.slice(1) : segments
}

/** A broken escape leads nowhere, whatever it is counted as. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** A code in one writing, so that the same code typed in two ways is one. */
export const sameCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('Đ', 'D')
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 40)
