import type { DeliveryRow } from '../delivery/model'
import { localePath, type Locale } from '../i18n/locale'
import { translator } from '../i18n/translator'
import { formatCount, formatVnd } from '../money/vnd'
import { formatDay } from '../time/day'
import { DELIVERY_FEED_PATH, escapeXml, FEED_PATH, XML_HEAD } from './model'
import type { FeedStep } from './queries'

interface FeedOf {
  origin: string
  locale: Locale
  /** Made-up data says so in a feed, too. */
  isSample: boolean
}

interface Feed extends FeedOf {
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
  const tag = tagOf(origin)
  const entries = steps.map(({ id, state, reason, happenedAt, campaign }) => ({
    id: `${tag}:chien-dich/buoc/${id}/${locale}`,
    title: t('feed.entry', { state: states(`page.stepStates.${state}`), title: campaign.title }),
    at: happenedAt,
    path: `/chien-dich/${campaign.slug}`,
    author: campaign.fund.name,
    category: campaign.category,
    summary: [reason, campaign.summary].filter(Boolean).map(asSentence).join(' '),
  }))
  return atom({
    ...{ origin, locale, isSample, id: `${tag}:chien-dich/${locale}`, path: FEED_PATH, of: '/chien-dich' },
    ...{ title: t('feed.title'), subtitle: t('feed.subtitle'), updatedAt: steps[0]?.happenedAt ?? now, entries },
  })
}

/** An Atom feed of what was handed over: things, place and day, which never change once they are told. */
export function deliveryFeed({
  origin,
  locale,
  isSample,
  deliveries,
  now,
}: FeedOf & { deliveries: readonly DeliveryRow[]; now: Date }): string {
  const t = translator(locale, 'links')
  const spending = translator(locale, 'spending')
  const tag = tagOf(origin)
  const entries = deliveries.map((delivery) => {
    const { slug, commune, place, deliveredOn, campaign, amountVnd, children, toldAt, category } = delivery
    const things =
      amountVnd === null
        ? delivery.title
        : delivery.items.map(({ item, units }) => spending('units', { count: formatCount(units, locale), item })).join('; ')
    const facts = {
      ...{ day: formatDay(deliveredOn), place, commune: commune.name, campaign: campaign.title },
      children: children === null ? spending('childrenFew') : spending('children', { count: formatCount(children, locale) }),
    }
    return {
      ...{ id: `${tag}:dot-trao/${slug}/${locale}`, at: toldAt, path: `/dot-trao/${slug}`, category },
      title: t('deliveryFeed.entry', { commune: commune.name, things }),
      author: translator(locale, 'site')('name'),
      summary:
        amountVnd === null
          ? spending('untold.summary', { ...facts, things })
          : t('deliveryFeed.summary', { ...facts, items: things, amount: formatVnd(amountVnd, locale) }),
    }
  })
  return atom({
    ...{ origin, locale, isSample, id: `${tag}:dot-trao/${locale}`, path: DELIVERY_FEED_PATH, of: '/' },
    ...{ title: t('deliveryFeed.title'), subtitle: t('deliveryFeed.subtitle'), updatedAt: deliveries[0]?.toldAt ?? now, entries },
  })
}

interface Entry {
  id: string
  title: string
  at: Date
  /** Vietnamese path of the page it leads to. */
  path: string
  author: string
  category: { key: string; name: string }
  summary: string
}

interface Document extends FeedOf {
  id: string
  /** Vietnamese path of the feed itself, and of the page it is of. */
  path: string
  of: string
  title: string
  subtitle: string
  updatedAt: Date
  entries: Entry[]
}

/** Names that stay when addresses change (RFC 4151). */
const tagOf = (origin: string): string => `tag:${new URL(origin).hostname},2026`

function atom({ origin, locale, isSample, id, path, of, title, subtitle, updatedAt, entries }: Document): string {
  const t = translator(locale, 'links')
  const mark = isSample ? `${t('sample')}. ` : ''
  const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`
  const link = (rel: string, type: string, href: string) => `<link rel="${rel}" type="${type}" href="${escapeXml(href)}"/>`
  return [
    `${XML_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">`,
    element('id', id),
    element('title', mark + title),
    element('subtitle', (isSample ? `${t('sampleText')} ` : '') + subtitle),
    element('updated', updatedAt.toISOString()),
    link('self', 'application/atom+xml', origin + localePath(locale, path)),
    link('alternate', 'text/html', origin + localePath(locale, of)),
    element('icon', `${origin}/icon.svg`),
    `<author>${element('name', translator(locale, 'site')('name'))}</author>`,
    ...entries.map((entry) =>
      [
        '<entry>',
        element('id', entry.id),
        element('title', mark + entry.title),
        element('updated', entry.at.toISOString()),
        element('published', entry.at.toISOString()),
        link('alternate', 'text/html', origin + localePath(locale, entry.path)),
        `<author>${element('name', entry.author)}</author>`,
        `<category term="${escapeXml(entry.category.key)}" label="${escapeXml(entry.category.name)}"/>`,
        element('summary', entry.summary),
        '</entry>',
      ].join('\n'),
    ),
    '</feed>\n',
  ].join('\n')
}

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
