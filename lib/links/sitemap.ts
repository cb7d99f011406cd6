import { localePath } from '../i18n/locale'
import { escapeXml, XML_HEAD } from './model'

/** A page for search engines: its Vietnamese path, and when what it says last changed, where that is known. */
export interface SitemapPage {
  path: string
  changedAt: Date | null
}

const NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

/**
 * A sitemap (sitemaps.org 0.9): each page in both languages, and each of them names both, as search engines ask for.
 * @param origin the site's own address
 */
export function sitemapDocument(origin: string, pages: readonly SitemapPage[]): string {
  const urls = pages.flatMap(({ path, changedAt }) => {
    const vi = escapeXml(origin + localePath('vi', path))
    const en = escapeXml(origin + localePath('en', path))
    const alternates = [
      ['vi', vi],
      ['en', en],
      ['x-default', vi],
    ].map(([language, href]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`)
    const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''
    return [vi, en].map((address) => `<url><loc>${address}</loc>${changed}${alternates.join('')}</url>`)
  })
  return `${XML_HEAD}<urlset ${NAMESPACES}>\n${urls.join('\n')}\n</urlset>\n`
}

/** The list of sitemaps, by their paths. */
export function sitemapIndex(origin: string, maps: readonly SitemapPage[]): string {
  const entries = maps.map(
    ({ path, changedAt }) =>
      `<sitemap><loc>${escapeXml(origin + path)}</loc>${changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''}</sitemap>`,
  )
  return `${XML_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</sitemapindex>\n`
}
