/** Characters that XML 1.0 has no way to write (section 2.2), and halves of pairs. */
const UNWRITABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A text as it stands in XML and HTML, between tags or in a quoted attribute. */
export const escapeXml = (text: string): string =>
  text
    .replace(UNWRITABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Vietnamese paths of the feeds: of campaigns, and of what was handed over. */
export const FEED_PATH = '/feed/chien-dich.xml'
export const DELIVERY_FEED_PATH = '/feed/dot-trao.xml'

/** Widths an embed is right at, and the one it has where nobody says. */
export const EMBED_WIDTHS = { least: 280, most: 800, usual: 500 } as const

/** So high is an embed of a width, in pixels, that nothing of it is cut. */
export const embedHeight = (width: number): number => (width < 400 ? 510 : 400)

/** Vietnamese path of a campaign's embed. */
export const embedPath = (slug: string): string => `/nhung/chien-dich/${slug}`
