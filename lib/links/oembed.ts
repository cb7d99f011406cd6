import type { Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import { EMBED_WIDTHS } from './model'

/** A campaign to embed, as its address names it, and how wide at most. */
export interface EmbedRequest {
  slug: string
  locale: Locale
  /** In pixels, within what an embed is right at. */
  width: number
}

/**
 * Reads an oEmbed request (oEmbed 1.0, section 2.2). The address may be that of a campaign's page or of its embed, in
 * either language, with whatever a stranger's tracking added.
 * @param origin the site's own address
 * @returns refused with 'format' for another than JSON, and 'address' for one that is no campaign's of this site
 */
export function readEmbedRequest(query: URLSearchParams, origin: string): Result<EmbedRequest, 'format' | 'address'> {
  if ((query.get('format') ?? 'json') !== 'json') return refuse('format')
  const address = URL.parse(query.get('url') ?? '')
  if (address?.origin !== origin) return refuse('address')
  const [, english, slug] = /^(\/en)?\/(?:nhung\/)?chien-dich\/([a-z0-9-]{1,120})\/?$/.exec(address.pathname) ?? []
  if (slug === undefined) return refuse('address')
  const most = Number(query.get('maxwidth') ?? NaN)
  const width = Number.isFinite(most) ? Math.min(Math.max(Math.floor(most), EMBED_WIDTHS.least), EMBED_WIDTHS.most) : EMBED_WIDTHS.usual
  return ok({ slug, locale: english === undefined ? 'vi' : 'en', width })
}
