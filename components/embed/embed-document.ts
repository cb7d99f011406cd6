import { DAY_DYES, drawnBar, drawnMark, drawnStrip, NAMED_DYES } from '@/components/weave/drawn'
import type { CampaignItem } from '@/lib/campaigns/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { escapeXml } from '@/lib/links/model'
import { formatShare, formatVnd } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

interface Embed {
  origin: string
  locale: Locale
  isSample: boolean
  campaign: CampaignItem
}

/** A whole small page; its colours stand in public/embed.css. */
const page = (locale: Locale, title: string, head: string, body: string): string =>
  `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeXml(title)}</title>
${head}<link rel="stylesheet" href="/embed.css">
</head>
<body>
${body}
</body>
</html>
`

/**
 * A campaign on somebody else's page: a whole document without script, cookie or font, right from 280 to 800 pixels.
 * Its links leave the frame.
 */
export function embedDocument({ origin, locale, isSample, campaign }: Embed): string {
  const t = translator(locale, 'links')
  const { slug, title, category, commune, fund, state, receivedVnd, missingVnd, wholeVnd } = campaign
  const isOpen = campaign.takesGifts
  const address = (path: string) => escapeXml(origin + localePath(locale, path))
  const link = (path: string, text: string, rest = '') => `<a href="${address(path)}" target="_blank" rel="noopener"${rest}>${text}</a>`
  const share = formatShare(receivedVnd, wholeVnd, locale)
  const label = escapeXml(t('embed.badge', { title, share, goal: formatVnd(wholeVnd, locale) }))
  const missing =
    isOpen && missingVnd > 0n
      ? t.markup('embed.missing', {
          amount: escapeXml(formatVnd(missingVnd, locale)),
          day: formatDay(campaign.neededBy),
          b: (text) => `<b>${text}</b>`,
        })
      : missingVnd === 0n
        ? escapeXml(t('embed.full', { goal: formatVnd(wholeVnd, locale) }))
        : ''
  const stands = isOpen ? '' : ` · ${escapeXml(translator(locale, 'campaigns')(`states.${state}`))}`
  const give = link(`/ung-ho/${slug}`, t('embed.give'), ` class="act" aria-label="${escapeXml(t('embed.giveLabel', { title }))}"`)
  const see = link(`/chien-dich/${slug}`, t('embed.see'), ` aria-label="${escapeXml(t('embed.seeLabel', { title }))}"`)
  const body = `<article>
${drawnStrip(commune.seed, state === 'complete', NAMED_DYES, 'dai', 2)}
<div class="in">
<p class="small">${escapeXml(`${category.name} · ${commune.fullName}`)}</p>
<h1>${link(`/chien-dich/${slug}`, escapeXml(title))}</h1>
${drawnBar(commune.seed, { goalVnd: wholeVnd, receivedVnd }, { cols: 80, rows: 9, every: 2 }, NAMED_DYES, 'vai', `role="img" aria-label="${label}" class="weave"`)}
<p>${missing}${missing && '<br>'}<span class="small">${escapeXml(t('embed.received', { amount: formatVnd(receivedVnd, locale), share }))}${stands}</span></p>
<p class="acts">${isOpen ? give : ''}${see}</p>
<p class="small foot">${drawnMark(NAMED_DYES, 'class="mark" aria-hidden="true"')}<span><b>${translator(locale, 'site')('name')}</b> · ${escapeXml(fund.name)}</span></p>
</div>
${isSample ? `<p class="sample">${escapeXml(t('sampleText'))}</p>\n` : ''}</article>`
  return page(locale, t('embed.title', { title }), `<link rel="canonical" href="${address(`/chien-dich/${slug}`)}">\n`, body)
}

/** What a frame shows whose campaign does not exist. */
export function embedGone(origin: string, locale: Locale): string {
  const t = translator(locale, 'links')
  const home = `<a href="${escapeXml(origin + localePath(locale, '/'))}" target="_blank" rel="noopener">${translator(locale, 'site')('name')}</a>`
  return page(
    locale,
    t('embed.goneTitle'),
    '',
    `<article>\n<div class="in">\n<p>${escapeXml(t('embed.gone'))}</p>\n<p>${home}</p>\n</div>\n</article>`,
  )
}

const BADGE = { width: 360, height: 96, longest: 42 }

/** Progress as a picture for anybody's page: on rice paper of its own, so that it is right on any ground. */
export function badge({ locale, isSample, campaign }: Embed): string {
  const t = translator(locale, 'links')
  const { title, receivedVnd, wholeVnd, commune } = campaign
  const share = formatShare(receivedVnd, wholeVnd, locale)
  const label = escapeXml(t('embed.badge', { title, share, goal: formatVnd(wholeVnd, locale) }))
  const short = title.length > BADGE.longest ? `${title.slice(0, BADGE.longest - 1).trimEnd()}…` : title
  const bar = drawnBar(
    commune.seed,
    { goalVnd: wholeVnd, receivedVnd },
    { cols: 112, rows: 9, every: 2 },
    DAY_DYES,
    'vai',
    'x="14" y="34" width="332" height="32"',
  )
  const text = (x: number, y: number, rest: string, content: string) => `<text x="${x}" y="${y}" ${rest}>${escapeXml(content)}</text>`
  const mark = isSample ? t('sample') : translator(locale, 'site')('name')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${BADGE.width}" height="${BADGE.height}" viewBox="0 0 ${BADGE.width} ${BADGE.height}" role="img" aria-label="${label}">` +
    `<title>${label}</title><rect width="${BADGE.width}" height="${BADGE.height}" rx="2" fill="#f4f1e6"/>` +
    `<g fill="#171f3f" font-family="Be Vietnam Pro, system-ui, sans-serif" font-size="13">` +
    text(14, 23, 'font-weight="600"', short) +
    text(14, 84, '', t('embed.badgeShare', { share })) +
    text(346, 84, `text-anchor="end" font-weight="600" fill="${isSample ? '#96202a' : '#1c2550'}"`, mark) +
    `</g>${bar}</svg>`
  )
}
