import type { OutgoingHttpHeaders } from 'node:http'
import { LRUCache } from 'lru-cache'
import { routeOf } from '../routes'
import { encodePage, type EncodedPage } from './encode'

/** A page as it was rendered. */
export interface RenderedPage {
  status: number
  headers: OutgoingHttpHeaders
  /** Bytes where it is no text; such an answer is never kept. */
  html: string | Buffer
}

/** The public state, as it was read last. */
export interface PublicState {
  /** Grows with every public change. */
  number: bigint
  /** Since when this number is known. */
  knownSinceMs: number
  /** When it was read last; always, where nothing is said. */
  readMs?: number
}

export interface PageCacheOptions {
  /** Renders a page for nobody in particular. */
  render: (key: string) => Promise<RenderedPage>
  version: () => PublicState
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
  /** When a new one was last asked for. */
  triedMs: number
}

/** A changed page may be shown in its old form for so long, while the new one is rendered. */
const STALE_MS = 1_000
/** Pages speak of today and of how long something takes: none is kept longer than this without a new look. */
const MAX_AGE_MS = 60_000
/** The public state is read four times a second. When it was not for so long, no page is taken for new. */
const MOST_UNREAD_MS = 2_000
/** What was true when the state was last read may be shown for so long, while the database is away. */
const MOST_BEARABLE_UNREAD_MS = 60_000
/** A page that may be shown as it is asks for a new one no more often than this. */
const RETRY_MS = 1_000

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

  const useOf = (entry: Kept): CacheUse => {
    const { number, knownSinceMs, readMs } = version()
    const now = nowMs()
    const ageMs = now - entry.renderedMs
    const unreadMs = readMs === undefined ? 0 : now - readMs
    if (unreadMs > MOST_BEARABLE_UNREAD_MS) return 'miss'
    if (entry.version === number) {
      if (ageMs < MAX_AGE_MS && unreadMs <= MOST_UNREAD_MS) return 'hit'
      return ageMs < 2 * MAX_AGE_MS ? 'stale' : 'miss'
    }
    return entry.version === number - 1n && now - knownSinceMs < STALE_MS ? 'stale' : 'miss'
  }

  /** Renders a page, or waits for the render under way. One that began before the last change is waited out first. */
  const refresh = async (key: string, make: Render): Promise<EncodedPage | RenderedPage> => {
    const underWay = rendering.get(key)
    if (underWay && underWay.began === version().number) return underWay.page
    if (underWay) await underWay.page.catch(() => undefined)
    return rendering.get(key)?.page ?? start(key, make)
  }

  const start = (key: string, make: Render): Promise<EncodedPage | RenderedPage> => {
    const began = version().number
    const work = (async () => {
      const rendered = await make(key)
      const { html } = rendered
      if (typeof html !== 'string' || !isKeepable(rendered, html)) {
        if (isAnswer(rendered)) kept.delete(key)
        return rendered
      }
      const page = await encodePage(html, { always: always(key), type: String(rendered.headers['content-type']) })
      kept.set(key, { page, route: routeOf(key), version: began, renderedMs: nowMs(), triedMs: -Infinity })
      return page
    })().finally(() => {
      rendering.delete(key)
      onRendered?.(kept.calculatedSize)
    })
    rendering.set(key, { began, page: work })
    return work
  }

  return {
    /** The page of a key, where it is kept and as new as can be: what most readers get, at the price of a look. */
    current(key: string): Kept | undefined {
      const entry = kept.get(key)
      return entry && useOf(entry) === 'hit' ? entry : undefined
    },
    /**
     * The page of a key: kept, or rendered now. What can't be kept comes as it was rendered.
     * @param tell told at once which of them it is
     * @param make renders in its place, where who asks has a say in when
     */
    async get(key: string, tell?: (use: CacheUse) => void, make: Render = render): Promise<EncodedPage | RenderedPage> {
      const entry = kept.get(key)
      const use = entry ? useOf(entry) : 'miss'
      tell?.(use)
      if (!entry || use === 'miss') return refresh(key, make)
      if (use === 'stale' && nowMs() - entry.triedMs >= RETRY_MS) {
        entry.triedMs = nowMs()
        refresh(key, make).catch(onError)
      }
      return entry.page
    },
    bytes: () => kept.calculatedSize,
  }
}

type Render = PageCacheOptions['render']

/** Whether this is what the page has become, and not only that it could not be rendered now. */
const isAnswer = ({ status }: RenderedPage): boolean => status < 500 && status !== 429

/** Texts that are finished once for all who ask. */
const KEPT_TYPE = /^(?:text\/(?:html|plain)|image\/svg\+xml|application\/(?:xml|atom\+xml|manifest\+json))(?:;|$)/

/** Only a whole page that belongs to nobody is kept. */
function isKeepable({ status, headers }: RenderedPage, html: string): boolean {
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
