import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from './limits/budget'
import { isWrongKey } from './limits/limits'
import type { CacheUse } from './pages/cache'
import { isInAdvance } from './speculation'

/** What is known of a request when it is over: nothing of who sent it, or which code or key it named. */
export interface AnsweredRequest {
  method: string
  /** Pattern of the address. */
  route: string
  /** The bank's messenger that a webhook belongs to; null where there is none by the name. */
  provider: string | null
  status: number
  /** Why it was turned away: a limit by name, or a key that is not the gift's; null where it was not. */
  refused: string | null
  ms: number
  /** Sent, headers included. */
  bytes: number
  /** Null where the page cache was not asked. */
  cache: CacheUse | null
  /** A browser asked before anybody wanted to see it. */
  isInAdvance: boolean
  /** The visitor was gone before the answer was whole. */
  isBrokenOff: boolean
}

/** Told of what the server does. */
export interface Watch {
  answered: (request: AnsweredRequest) => void
  rendered: (keptBytes: number) => void
  limited: (refusal: Refusal) => void
}

/**
 * Watches a request until it is over.
 * @param route pattern of its address
 * @returns what tells the watch how the page cache was used
 */
export function watchRequest(request: IncomingMessage, response: ServerResponse, route: string, watch: Watch): (use: CacheUse) => void {
  const began = performance.now()
  const { socket } = request
  const bytesBefore = socket.bytesWritten
  let cache: CacheUse | null = null
  response.once('close', () => {
    const provider = route === '/api/webhooks/[provider]' && response.statusCode !== 404 ? providerOf(request.url ?? '') : null
    watch.answered({
      method: request.method ?? 'GET',
      route,
      provider,
      status: response.statusCode,
      refused: refusalOf(response),
      ms: performance.now() - began,
      bytes: socket.bytesWritten - bytesBefore,
      cache,
      isInAdvance: isInAdvance(request.headers),
      isBrokenOff: !response.writableFinished,
    })
  })
  return (use) => {
    cache = use
  }
}

function refusalOf(response: ServerResponse): string | null {
  if (response.statusCode === 429) return /^"([\w-]+)"/.exec(String(response.getHeader('ratelimit-policy') ?? ''))?.[1] ?? 'limit'
  return response.statusCode === 303 && isWrongKey(response) ? 'key' : null
}

const providerOf = (url: string): string | null => /^\/api\/webhooks\/([a-z]{1,20})(?:\?|$)/.exec(url)?.[1] ?? null
