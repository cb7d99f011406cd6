import { localePath, type Locale } from '../i18n/locale'
import { translator } from '../i18n/translator'
import { escapeXml, FEED_PATH, XML_HEAD } from './model'
import type { FeedStep } from './queries'

interface Feed {
  origin: string
  locale: Locale
  /** Made-up data says so in a feed, too. */
  isSample: boolean
  /** Newest first. */
  steps: readonly FeedStep[]
  /** Told as the feed's own moment while it has no step. */
  now: Date
}

/**
 * An Atom feed (RFC 4287) of what campaigns came to: opened, funded, handed over, completed, closed. An entry never
 * changes and keeps its name when a campaign gets another address; sums, which change, stay on the page.
 */
export function campaignFeed({ origin, locale, isSample, steps, now }: Feed): string {
  const t = translator(locale, 'links')
  const states = translator(locale, 'campaigns')
  const { hostname } = new URL(origin)
  const self = origin + localePath(locale, FEED_PATH)
  const mark = isSample ? `${t('sample')}. ` : ''
  const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`
  const link = (rel: string, type: string, href: string) => `<link rel="${rel}" type="${type}" href="${escapeXml(href)}"/>`
  const entries = steps.map(({ id, state, reason, happenedAt, campaign }) =>
    [
      '<entry>',
      element('id', `tag:${hostname},2026:chien-dich/buoc/${id}/${locale}`),
      element('title', mark + t('feed.entry', { state: states(`page.stepStates.${state}`), title: campaign.title })),
      element('updated', happenedAt.toISOString()),
      element('published', happenedAt.toISOString()),
      link('alternate', 'text/html', origin + localePath(locale, `/chien-dich/${campaign.slug}`)),
      `<author>${element('name', campaign.fund.name)}</author>`,
      `<category term="${escapeXml(campaign.category.key)}" label="${escapeXml(campaign.category.name)}"/>`,
      element('summary', [reason, campaign.summary].filter(Boolean).map(asSentence).join(' ')),
      '</entry>',
    ].join('\n'),
  )
  return [
    `${XML_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">`,
    element('id', `tag:${hostname},2026:chien-dich/${locale}`),
    element('title', mark + t('feed.title')),
    element('subtitle', (isSample ? `${t('sampleText')} ` : '') + t('feed.subtitle')),
    element('updated', (steps[0]?.happenedAt ?? now).toISOString()),
    link('self', 'application/atom+xml', self),
    link('alternate', 'text/html', origin + localePath(locale, '/chien-dich')),
    element('icon', `${origin}/icon.svg`),
    `<author>${element('name', translator(locale, 'site')('name'))}</author>`,
    ...entries,
    '</feed>\n',
  ].join('\n')
}

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
