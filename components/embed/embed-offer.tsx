import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { embedHeight, embedPath, escapeXml, EMBED_WIDTHS, FEED_PATH } from '@/lib/links/model'

/**
 * What to paste for a frame.
 * @param width in pixels, where the page around it says; else it grows with that page, as high as its narrowest form
 */
export const frameCode = (address: string, title: string, width?: number): string =>
  `<iframe src="${escapeXml(address)}" title="${escapeXml(title)}" width="${width ?? '100%'}" height="${embedHeight(width ?? EMBED_WIDTHS.least)}" style="border:0;max-width:${width === undefined ? `${EMBED_WIDTHS.most}px` : '100%'}" loading="lazy"></iframe>`

/** The codes for somebody else's page, folded away until somebody asks. */
export function EmbedOffer({ locale, origin, slug, title }: { locale: Locale; origin: string; slug: string; title: string }) {
  const t = translator(locale, 'links')
  const embed = localePath(locale, embedPath(slug))
  const page = origin + localePath(locale, `/chien-dich/${slug}`)
  const picture = `<a href="${escapeXml(page)}"><img src="${escapeXml(`${origin}${embed}.svg`)}" width="360" height="96" alt="${escapeXml(title)}"></a>`
  const codes = [
    { key: 'khung', name: t('embed.frame'), code: frameCode(origin + embed, t('embed.title', { title })) },
    { key: 'hinh', name: t('embed.picture'), code: picture },
  ]
  return (
    <details className="sec offer">
      <summary>{t('embed.offer')}</summary>
      <p className="small near3">{t('embed.offerLead')}</p>
      {codes.map(({ key, name, code }) => (
        <div key={key} className="near2">
          <label htmlFor={`nhung-${key}`}>{name}</label>
          <textarea id={`nhung-${key}`} readOnly rows={5} defaultValue={code} />
        </div>
      ))}
      <p className="small near3">
        <a href={embed}>{t('embed.look')}</a> · <a href={localePath(locale, FEED_PATH)}>{t('embed.feed')}</a>
      </p>
    </details>
  )
}
