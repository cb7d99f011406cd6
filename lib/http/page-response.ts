import type { IncomingMessage, ServerResponse } from 'node:http'

const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script>/g
const PRELOADED_SCRIPT = /<link\b[^>]*\brel="(?:preload|modulepreload)"[^>]*\bas="script"[^>]*>/g

/** A script of our own, or data: those stay. */
const isOurs = (tag: string): boolean => /^<script\b[^>]*\b(?:src="\/js\/|type="(?:application\/ld\+json|speculationrules)")/.test(tag)

/**
 * Leaves Next's client runtime out of a page that was rendered whole on the server: 115 kB of script and
 * the page's data a second time, for nothing (docs/decisions/0005).
 */
export const withoutRuntime = (html: string): string =>
  html.replace(SCRIPT, (tag) => (isOurs(tag) ? tag : '')).replace(PRELOADED_SCRIPT, '')

/**
 * Holds back the HTML of a page until it is whole, so that it can be rewritten before it is sent.
 * Anything that is not HTML passes through untouched.
 * @param rewrite given the status and the whole page, returns the page to send
 */
export function rewriteHtml(request: IncomingMessage, response: ServerResponse, rewrite: (status: number, html: string) => string): void {
  const chunks: Buffer[] = []
  const write = response.write.bind(response)
  const end = response.end.bind(response)
  const isHtml = () => String(response.getHeader('content-type') ?? '').startsWith('text/html')
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8'))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const callBack = (args: unknown[]) => {
    const callback = args.find((arg) => typeof arg === 'function')
    if (callback) process.nextTick(callback)
  }
  response.flushHeaders = () => undefined
  response.write = (...args: unknown[]) => {
    if (!isHtml()) return Boolean(Reflect.apply(write, response, args))
    keep(args[0], args[1])
    callBack(args)
    return true
  }
  response.end = (...args: unknown[]) => {
    if (!isHtml()) {
      Reflect.apply(end, response, args)
      return response
    }
    keep(args[0], args[1])
    const page = Buffer.from(rewrite(response.statusCode, Buffer.concat(chunks).toString('utf8')))
    if (!response.headersSent) {
      response.removeHeader('transfer-encoding')
      response.setHeader('content-length', page.length)
    }
    end(request.method === 'HEAD' ? undefined : page, () => callBack(args))
    return response
  }
}
