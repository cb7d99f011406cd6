/**
 * The address a request is answered for. One that stands for no text at all (a broken escape, a zero byte,
 * which no database column can hold) is the address of nothing, and gets the page that says so.
 * @param url path and query, as the request has it
 */
export function readableAddress(url: string): string {
  const [path = '/'] = url.split('?')
  try {
    if (!decodeURIComponent(path).includes('\0')) return url
  } catch {
    // Falls through: it has an escape that is no character.
  }
  return /^\/en(?:\/|$)/.test(path) ? '/en/-' : '/-'
}
