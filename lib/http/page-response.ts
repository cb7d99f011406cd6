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
  const { write, end } = response
  const isHtml = () => String(response.getHeader('content-type') ?? '').startsWith('text/html')
  const keep = (chunk: unknown, encoding: unknown) => {
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return
    if (typeof chunk === 'string')
      chunks.push(Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8'))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  response.flushHeaders = () => undefined
  response.write = function (this: ServerResponse, ...args: unknown[]) {
    if (!isHtml()) return Reflect.apply(write, response, args)
    keep(args[0], args[1])
    const callback = args.find((arg) => typeof arg === 'function')
    if (callback) process.nextTick(callback)
    return true
  }
  response.end = function (this: ServerResponse, ...args: unknown[]) {
    if (!isHtml()) return Reflect.apply(end, response, args)
    keep(args[0], args[1])
    const page = Buffer.from(rewrite(response.statusCode, Buffer.concat(chunks).toString('utf8')))
    if (!response.headersSent) {
      response.removeHeader('transfer-encoding')
      response.setHeader('content-length', page.length)
    }
    const callback = args.find((arg) => typeof arg === 'function')
    return Reflect.apply(end, response, [request.method === 'HEAD' ? undefined : page, callback])
  }
}
