/**
 * Browsers keep a cookie of such a name only where it came over TLS (RFC 6265bis, 4.1.3). `__Host-` would say more, but
 * asks for `Path=/`: then the keys of all gifts, and what was typed into a form, would go with every request.
 */
export const SECURE_PREFIX = '__Secure-'

/**
 * The cookies of a request to a site with TLS, under the names that pages and handlers know. What came without the
 * prefix may be anybody's on the way, and is left out.
 * @param header as it was sent: "a=1; __Secure-b=2"
 */
export const ownCookies = (header: string): string =>
  header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(SECURE_PREFIX))
    .map((pair) => pair.slice(SECURE_PREFIX.length))
    .join('; ')
