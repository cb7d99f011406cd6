import type { CampaignView } from '@/lib/campaigns/model'
import type { FundView } from '@/lib/funds/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Step } from './crumbs'

/** What a program may read of a page, in the words of schema.org: true, public, and said on the page as well. */
export interface StructuredData {
  '@type': string
  [property: string]: unknown
}

interface Site {
  origin: string
  locale: Locale
  /** Made-up data says so here, too. */
  isSample: boolean
}

const address = ({ origin, locale }: Site, path: string): string => `${origin}${localePath(locale, path)}`

const marked = (site: Site): Record<string, string> =>
  site.isSample ? { disambiguatingDescription: translator(site.locale, 'links')('sampleText') } : {}

/** The fund as other data refers to it; one name in both languages, since it is one fund. */
const fundRef = (site: Site, fund: { slug: string; name: string }): StructuredData => ({
  '@type': 'NGO',
  '@id': `${site.origin}/quy/${fund.slug}#quy`,
  name: fund.name,
  url: address(site, `/quy/${fund.slug}`),
})

/** Who answers for the money. */
export const fundData = (site: Site, fund: FundView): StructuredData => ({
  ...fundRef(site, fund),
  ...marked(site),
  description: fund.about,
  areaServed: { '@type': 'AdministrativeArea', name: fund.place },
})

const amount = (vnd: bigint): StructuredData => ({ '@type': 'MonetaryAmount', currency: 'VND', value: String(vnd) })

/**
 * A campaign: where, who answers, what is asked and what came, and where to give while it takes gifts. Schema.org has
 * no word for a goal; it is told as money for the project, under its name, beside what was received.
 * @param picture address of the campaign's picture
 */
export function campaignData(site: Site, campaign: CampaignView, picture: string): StructuredData {
  const t = translator(site.locale, 'site')
  const { slug, commune, fund } = campaign
  return {
    '@type': 'Project',
    '@id': `${site.origin}/chien-dich/${slug}#chien-dich`,
    name: campaign.title,
    ...marked(site),
    description: campaign.summary,
    url: address(site, `/chien-dich/${slug}`),
    image: picture,
    foundingDate: campaign.opensOn,
    location: {
      '@type': 'AdministrativeArea',
      name: `${commune.fullName}, ${commune.province}`,
      url: address(site, `/xa/${commune.slug}`),
      containedInPlace: { '@type': 'Country', name: site.locale === 'vi' ? 'Việt Nam' : 'Viet Nam' },
    },
    parentOrganization: fundRef(site, fund),
    funding: [
      { '@type': 'MonetaryGrant', name: t('sums.goal'), amount: amount(campaign.goalVnd) },
      { '@type': 'MonetaryGrant', name: t('sums.received'), amount: amount(campaign.receivedVnd) },
    ],
    interactionStatistic: {
      '@type': 'InteractionCounter',
      interactionType: 'https://schema.org/DonateAction',
      userInteractionCount: campaign.gifts,
    },
    ...(campaign.takesGifts
      ? {
          potentialAction: {
            '@type': 'DonateAction',
            name: translator(site.locale, 'campaigns')('page.give'),
            target: { '@type': 'EntryPoint', urlTemplate: address(site, `/ung-ho/${slug}`) },
            recipient: fundRef(site, fund),
            priceCurrency: 'VND',
          },
        }
      : {}),
  }
}

/** The way to a page, from the general to the particular, ending with the page itself. */
export const crumbData = (site: Site, steps: readonly Step[], here: Step): StructuredData => ({
  '@type': 'BreadcrumbList',
  itemListElement: [...steps, here].map(({ href, name }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    item: `${site.origin}${href}`,
  })),
})

/** The site itself, told on its first page. */
export const siteData = (site: Site): StructuredData => ({
  '@type': 'WebSite',
  '@id': `${site.origin}/#trang`,
  name: translator(site.locale, 'site')('name'),
  alternateName: translator(site.locale, 'site')('line'),
  ...marked(site),
  url: address(site, '/'),
  inLanguage: site.locale,
})

/** The text of a data block: nothing in it can end the block or begin another, whatever a text says. */
export const dataText = (data: readonly StructuredData[]): string =>
  JSON.stringify({ '@context': 'https://schema.org', '@graph': data })
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
