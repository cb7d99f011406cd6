const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script>/g
const PRELOADED_SCRIPT = /<link\b[^>]*\brel="(?:preload|modulepreload)"[^>]*\bas="script"[^>]*>/g

/** What a browser without scripts does by itself: it belongs into the head, where a page can't put it. */
const REFRESH = /<noscript><meta http-equiv="refresh" content="\d+"\/><\/noscript>/

/** A script of our own, or data: those stay. */
const isOurs = (tag: string): boolean => /^<script\b[^>]*\b(?:src="\/js\/|type="(?:application\/ld\+json|speculationrules)")/.test(tag)

/**
 * Leaves Next's client runtime out of a page that was rendered whole on the server: 115 kB of script and
 * the page's data a second time, for nothing (docs/decisions/0005). Where a page asks to be loaded again, its head says so.
 */
export function withoutRuntime(html: string): string {
  const bare = html.replace(SCRIPT, (tag) => (isOurs(tag) ? tag : '')).replace(PRELOADED_SCRIPT, '')
  const refresh = REFRESH.exec(bare)?.[0]
  return refresh === undefined ? bare : bare.replace(refresh, '').replace('</head>', `${refresh}</head>`)
}
