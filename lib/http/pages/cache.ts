import type { OutgoingHttpHeaders } from 'node:http'
import { LRUCache } from 'lru-cache'
import { routeOf } from '../routes'
import { encodePage, type EncodedPage } from './encode'

/** A page as it was rendered. */
export interface RenderedPage {
  status: number
  headers: OutgoingHttpHeaders
  html: string
}

export interface PageCacheOptions {
  /** Renders a page for nobody in particular. */
  render: (key: string) => Promise<RenderedPage>
  /** The public state of this moment; grows with every public change. */
  version: () => { number: bigint; knownSinceMs: number }
  nowMs: () => number
  maxBytes: number
  /** Headers that every answer with the page of a key carries, as raw names and values in turn. */
  always?: (key: string) => readonly string[]
  onError: (error: unknown) => void
  /** Told after each render how many bytes are kept then. */
  onRendered?: (keptBytes: number) => void
}

/** How a page was come by: kept, kept from before the last change, or rendered while the reader waited. */
export type CacheUse = 'hit' | 'stale' | 'miss'

/** Set by a page that must not be kept, although it is the same for everybody. */
export const PASSING = 'x-passing'

/** A page that is kept, and the pattern of its address. */
export interface Kept {
  page: EncodedPage
  route: string
  version: bigint
  renderedMs: number
}

/** A changed page may be shown in its old form for so long, while the new one is rendered. */
const STALE_MS = 1_000
/** Pages speak of today and of how long something takes: none is kept longer than this without a new look. */
const MAX_AGE_MS = 60_000

/** Parts of HTML that stand in the wrong place until a script moves them: such a page is not whole. */
const UNFINISHED = /<div hidden(?:="")? id="S:|<template id="[BP]:/

/**
 * Keeps finished public pages. One render at a time for each page: who comes meanwhile gets the page before it,
 * or waits where that is too old. A page says what the public state said when its render began, so that a change
 * during a render makes it old at once.
 */
export function createPageCache({ render, version, nowMs, maxBytes, always = () => [], onError, onRendered }: PageCacheOptions) {
  const kept = new LRUCache<string, Kept>({ maxSize: maxBytes, sizeCalculation: ({ page }, key) => page.size + key.length })
  const rendering = new Map<string, { began: bigint; page: Promise<EncodedPage | RenderedPage> }>()

  /** Renders a page, or waits for the render under way. One that began before the last change is waited out first. */
  const refresh = async (key: string): Promise<EncodedPage | RenderedPage> => {
    const underWay = rendering.get(key)
    if (underWay && underWay.began === version().number) return underWay.page
    if (underWay) await underWay.page.catch(() => undefined)
    return rendering.get(key)?.page ?? start(key)
  }

  const start = (key: string): Promise<EncodedPage | RenderedPage> => {
    const began = version().number
    const work = (async () => {
      const rendered = await render(key)
      if (!isKeepable(rendered)) {
        kept.delete(key)
        return rendered
      }
      const page = await encodePage(rendered.html, { always: always(key), type: String(rendered.headers['content-type']) })
      kept.set(key, { page, route: routeOf(key), version: began, renderedMs: nowMs() })
      return page
    })().finally(() => {
      rendering.delete(key)
      onRendered?.(kept.calculatedSize)
    })
    rendering.set(key, { began, page: work })
    return work
  }

  const isCurrent = (entry: Kept): boolean => entry.version === version().number && nowMs() - entry.renderedMs < MAX_AGE_MS

  return {
    /** The page of a key, where it is kept and nothing has changed since: what most readers get, at the price of a look. */
    current(key: string): Kept | undefined {
      const entry = kept.get(key)
      return entry && isCurrent(entry) ? entry : undefined
    },
    /**
     * The page of a key: kept, or rendered now. What can't be kept comes as it was rendered.
     * @param tell told at once which of them it is
     */
    async get(key: string, tell?: (use: CacheUse) => void): Promise<EncodedPage | RenderedPage> {
      const entry = kept.get(key)
      if (!entry) {
        tell?.('miss')
        return refresh(key)
      }
      if (isCurrent(entry)) {
        tell?.('hit')
        return entry.page
      }
      const { number, knownSinceMs } = version()
      const now = nowMs()
      const isBearable =
        entry.version === number ? now - entry.renderedMs < 2 * MAX_AGE_MS : entry.version === number - 1n && now - knownSinceMs < STALE_MS
      tell?.(isBearable ? 'stale' : 'miss')
      if (!isBearable) return refresh(key)
      refresh(key).catch(onError)
      return entry.page
    },
    bytes: () => kept.calculatedSize,
  }
}

/** Texts that are finished once for all who ask. */
const KEPT_TYPE = /^(?:text\/(?:html|plain)|image\/svg\+xml|application\/(?:xml|atom\+xml|manifest\+json))(?:;|$)/

/** Only a whole page that belongs to nobody is kept. */
function isKeepable({ status, headers, html }: RenderedPage): boolean {
  const type = headers['content-type']
  return (
    status === 200 &&
    headers['set-cookie'] === undefined &&
    headers[PASSING] === undefined &&
    typeof type === 'string' &&
    KEPT_TYPE.test(type) &&
    !UNFINISHED.test(html)
  )
}

export const isEncoded = (page: EncodedPage | RenderedPage): page is EncodedPage => 'bodies' in page
