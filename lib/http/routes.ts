import { CONSOLE_FORMS, CONSOLE_PAGES } from './console-routes'

/** Every address of the site, by pattern. A test compares them with the folders of `app`. */
const PATTERNS = [
  '/',
  '/chien-dich',
  '/chien-dich/[slug]',
  '/nhu-cau',
  '/nhu-cau/[category]',
  '/xa',
  '/xa/[slug]',
  '/quy',
  '/quy/[slug]',
  '/dot-trao/[slug]',
  '/khoan-chi/[number]',
  '/ung-ho',
  '/ung-ho/[slug]',
  '/ung-ho/[slug]/gui',
  '/ung-ho/[slug]/hien-vat',
  '/ung-ho/[slug]/hien-vat/gui',
  '/theo-doi/[code]',
  '/theo-doi/[code]/sua',
  '/theo-doi/[code]/sua-hien-vat',
  '/theo-doi/[code]/huy',
  '/theo-doi/[code]/giay-cam-on.pdf',
  '/theo-doi/[code]/bien-nhan/[so]',
  '/theo-doi/[code]/bien-nhan/[so]/bien-nhan.pdf',
  '/theo-doi/[code]/bang-ke/[nam]',
  '/theo-doi/[code]/bang-ke/[nam]/bang-ke.pdf',
  '/theo-doi/[code]/gop',
  '/theo-doi/[code]/gop/bo',
  '/theo-doi/[code]/ten',
  '/theo-doi/[code]/anh',
  '/theo-doi/[code]/quen',
  '/theo-doi/[code]/khoa-moi',
  '/theo-doi/[code]/the',
  '/theo-doi/[code]/the/xong',
  '/theo-doi/[code]/the/huy',
  '/theo-doi/[code]/the/xac-minh',
  '/theo-doi/[code]/the/xac-minh/gui',
  '/theo-doi/[code]/khoa',
  '/theo-doi/[code]/khoa/[secret]',
  '/tra-cuu',
  '/minh-bach',
  '/minh-bach/cong-cu',
  '/minh-bach/kiem',
  '/minh-bach/ngoai-tuyen.html',
  '/ghi-nhan',
  '/sao-ke',
  '/sao-ke.csv',
  '/sao-ke/tep',
  '/sao-ke/tep/[name]',
  '/nhung/chien-dich/[slug]',
  '/hinh/[kind]/[name]',
  '/tep/[name]',
  '/feed/chien-dich.xml',
  '/feed/dot-trao.xml',
  '/manifest.webmanifest',
  '/sitemap.xml',
  '/sitemap/[name]',
  '/robots.txt',
  '/ngan-hang-thu',
  '/ngan-hang-thu/gui',
  '/ngan-hang-thu/da-gui',
  ...CONSOLE_PAGES,
  ...CONSOLE_FORMS,
  '/api/health',
  '/api/oembed',
  '/api/gifts/[code]',
  '/api/webhooks/[provider]',
  '/log/witness/add-checkpoint',
]

/** Files, by the folder they lie in. */
const FOLDERS = /^\/(_next|fonts|js|icons)\//
/** The public log: its tiles are too many to be told apart. */
const LOG = /^\/log\/./
const FILES = new Set(['/icon.svg', '/error.css', '/embed.css', '/speculation-rules.json'])

const openParts = (pattern: string): number => pattern.split('[').length - 1

const bySize = new Map<number, { pattern: string; segments: string[] }[]>()
// A name stands before a pattern of as many parts, as Next has it.
for (const pattern of PATTERNS.toSorted((a, b) => openParts(a) - openParts(b))) {
  const segments = segmentsOf(pattern)
  bySize.set(segments.length, [...(bySize.get(segments.length) ?? []), { pattern, segments }])
}

/**
 * The pattern of an address, for logs and figures: without language, codes, secrets and query, and one of a fixed
 * number, whatever is asked for.
 * @param url path and query
 */
export function routeOf(url: string): string {
  const [path = '/'] = url.split('?', 1)
  const segments = segmentsOf(path)
  if (segments[0] === 'en') segments.shift()
  const known = bySize
    .get(segments.length)
    ?.find((route) => route.segments.every((segment, index) => segment.startsWith('[') || segment === segments[index]))
  if (known) return known.pattern
  if (LOG.test(path)) return '/log/[file]'
  const folder = FOLDERS.exec(path)?.[1]
  if (folder !== undefined) return `/${folder}/*`
  return FILES.has(path) ? path : 'other'
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}
