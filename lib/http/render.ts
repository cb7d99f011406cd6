import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import inject from 'light-my-request'
import { errorDocument } from './error-document'
import type { RenderedPage } from './pages/cache'
import { answering } from './status'
import { withoutRuntime } from './without-runtime'

/** What is asked of Next: an address in its one writing, and what is said beside it. */
export interface Asked {
  url?: string | undefined
  headers: IncomingHttpHeaders
}

export type RenderAside = (asked: Asked, body?: Buffer) => Promise<RenderedPage>

/**
 * Lets Next answer aside, whole, before a byte of it is sent. Pages come without its runtime, and a fault of ours is
 * a page that says so.
 * @param handle Next's own handler
 * @param host the site's own, whatever the request says
 */
export function createRenderer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  host: string,
  onError: (error: unknown) => void,
): RenderAside {
  const dispatch: RequestListener = (request, response) => {
    answering(response, () => handle(request, response)).catch((error: unknown) => {
      onError(error)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' })
      response.end()
    })
  }
  return async ({ url = '/', headers }, body) => {
    const {
      statusCode,
      headers: answered,
      payload,
      rawPayload,
    } = await inject(dispatch, {
      method: body ? 'POST' : 'GET',
      url,
      headers: { ...headers, host, 'accept-encoding': 'identity' },
      ...(body ? { payload: body } : {}),
    })
    const type = String(answered['content-type'] ?? '')
    const isHtml = type.startsWith('text/html')
    if (isHtml && statusCode >= 500) return errorPage(url, statusCode)
    // A paper or a spreadsheet is no text: read as one, most of its bytes would be lost.
    const html = isHtml ? withoutRuntime(payload) : IS_BYTES.test(type) ? rawPayload : payload
    return { status: statusCode, headers: answered, html }
  }
}

/** Types of answers that are handed on byte by byte. */
const IS_BYTES = /^(?:application\/(?:pdf|zip|octet-stream|vnd\.)|image\/(?!svg\+xml))/

/** The page for a fault of ours, or for more visitors than can be served. Nobody keeps it. */
export const errorPage = (url: string, status: number, headers: Record<string, string> = {}): RenderedPage => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  html: errorDocument(/^\/en(?:\/|$)/.test(url) ? 'en' : 'vi'),
})
