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
