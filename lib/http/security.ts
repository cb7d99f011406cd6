/** What stands in frames on other people's pages: a campaign's embed, and nothing else of the site. */
const EMBED = /^(?:\/en)?\/nhung\/chien-dich\/[^/]+$/

export const isEmbed = (url: string): boolean => EMBED.test(url.split('?', 1)[0] ?? '')

/** Pictures of links stand on other people's pages as well. */
export const isPicture = (url: string): boolean => /^(?:\/en)?\/hinh\//.test(url)

/** Photos and papers that people added. */
export const isFile = (url: string): boolean => url.startsWith('/tep/')

/** Headers of such a file: whatever it turns out to be, it runs nothing, loads nothing and is in no frame. */
export const fileHeaders = (origin: string): Record<string, string> => ({
  ...securityHeaders(origin),
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
})

/** Whether an address is of the public log, which pages of anybody may read. */
export const isOfLog = (url: string): boolean => url.startsWith('/log/')

/** What lets them, also where there is nothing. */
export const READ_ELSEWHERE = { 'Access-Control-Allow-Origin': '*' } as const

/** What lets an answer be shown there. */
export const SHOWN_ELSEWHERE = { 'Cross-Origin-Resource-Policy': 'cross-origin' } as const

/**
 * Headers of an embed: anybody may frame it, and it runs nothing.
 * @param origin the site's public address
 */
export function embedHeaders(origin: string): Record<string, string> {
  const policy = ["default-src 'none'", "style-src 'self'", "img-src 'self'", "base-uri 'none'", "form-action 'none'", 'frame-ancestors *']
  return {
    ...securityHeaders(origin),
    'Content-Security-Policy': policy.join('; '),
    ...SHOWN_ELSEWHERE,
    'Cross-Origin-Embedder-Policy': 'require-corp',
  }
}

/**
 * Headers that every answer carries. Pages need no inline script or style, and nothing from elsewhere.
 * @param origin the site's public address
 * @param formTargets where else a form may lead: browsers hold a redirect that follows a form to this, too
 */
export function securityHeaders(origin: string, formTargets: readonly string[] = []): Record<string, string> {
  const isSecure = origin.startsWith('https://')
  const policy = [
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    // The address of a secret link never leaves the site.
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(isSecure ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}
