/**
 * The address a request is answered for, in the one writing that limits, page cache, logs and Next all read. One that
 * stands for no text (a broken escape, a zero byte, which no database column can hold), or that different readers
 * would take for different places (dot segments, backslashes, escaped slashes, another host), is the address of
 * nothing, and gets the page that says so.
 * @param url path and query, as the request has it
 */
export function readableAddress(url: string): string {
  const at = url.indexOf('?')
  const path = at < 0 ? url : url.slice(0, at)
  // A second question mark belongs to the query's text.
  const query = at < 0 ? '' : `?${url.slice(at + 1).replaceAll('?', '%3F')}`
  if (path.startsWith('/') && !path.startsWith('//') && !/[\\#[\]]/.test(path) && path.split('/').every(isPlain)) return path + query
  return /^\/en(?:\/|$)/.test(path) ? '/en/-' : '/-'
}

function isPlain(segment: string): boolean {
  try {
    const text = decodeURIComponent(segment)
    return text !== '.' && text !== '..' && !/[/\\\0]/.test(text)
  } catch {
    return false
  }
}
