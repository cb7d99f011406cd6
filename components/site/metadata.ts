import type { Metadata } from 'next'
import { housePicture, linkPicture, type PictureContent } from '@/components/link-picture/content'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { DELIVERY_FEED_PATH, FEED_PATH } from '@/lib/links/model'

interface Page {
  /** The site's own address, `context.origin`. */
  origin: string
  locale: Locale
  /** Vietnamese path of the page, canonical, with the parameters that make it another page. */
  path: string
  /** Without the site's name, which is added. Left out on the home page. */
  title?: string
  description: string
  /** False for a gift's page and for results of a search: not for search engines. */
  isIndexed?: boolean
  /** What a pasted link shows; the site's own picture where the page has none. A gift has none. */
  picture?: PictureContent
  /** Vietnamese path of the page that says what an embed of this one is, for sites that ask by oEmbed. */
  embeds?: string
}

/** Longest description that search engines show whole. */
const DESCRIPTION_LENGTH = 160
const OG_LOCALES: Record<Locale, string> = { vi: 'vi_VN', en: 'en_GB' }

/** Size of every picture of a link, in pixels. */
export const PICTURE_SIZE = { width: 1200, height: 630 } as const

/** Title, description, canonical address, the same page in both languages, and what a pasted link shows. */
export function pageMetadata({ origin, locale, path, title, description, isIndexed = true, picture, embeds }: Page): Metadata {
  const t = translator(locale, 'site')
  const address = (language: Locale) => `${origin}${localePath(language, path)}`
  const heading = title ?? `${t('name')}: ${t('line')}`
  const short = shorten(description)
  const shown = linkPicture(picture ?? housePicture(locale))
  const image = { url: `${origin}${shown.path}`, alt: shown.alt }
  return {
    title: title ?? { absolute: heading },
    description: short,
    alternates: {
      canonical: address(locale),
      languages: { vi: address('vi'), en: address('en'), 'x-default': address('vi') },
      types: {
        'application/atom+xml': [
          { url: `${origin}${localePath(locale, FEED_PATH)}`, title: translator(locale, 'links')('feed.title') },
          { url: `${origin}${localePath(locale, DELIVERY_FEED_PATH)}`, title: translator(locale, 'links')('deliveryFeed.title') },
        ],
        ...(embeds === undefined
          ? {}
          : {
              'application/json+oembed': [
                { url: `${origin}/api/oembed?url=${encodeURIComponent(`${origin}${localePath(locale, embeds)}`)}`, title: heading },
              ],
            }),
      },
    },
    openGraph: {
      type: 'website',
      siteName: t('name'),
      title: heading,
      description: short,
      url: address(locale),
      locale: OG_LOCALES[locale],
      alternateLocale: OG_LOCALES[locale === 'vi' ? 'en' : 'vi'],
      images: [{ ...image, ...PICTURE_SIZE, type: 'image/png' }],
    },
    twitter: { card: 'summary_large_image', title: heading, description: short, images: [image] },
    ...(isIndexed ? {} : { robots: { index: false, follow: true } }),
  }
}

/** Cuts a text at a word. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= DESCRIPTION_LENGTH) return line
  const cut = line.slice(0, DESCRIPTION_LENGTH - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 80))}…`
}
