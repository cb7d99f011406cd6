import type { Step } from '@/components/site/crumbs'
import type { CampaignView } from '@/lib/campaigns/model'
import { campaignListPath } from '@/lib/campaigns/schema'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** The way to a campaign: its list, its kind of need, its commune. */
export const campaignSteps = ({ category, commune }: CampaignView, locale: Locale): Step[] => [
  { href: localePath(locale, campaignListPath({})), name: translator(locale, 'campaigns')('title') },
  { href: localePath(locale, `/nhu-cau/${category.key}`), name: category.name },
  { href: localePath(locale, `/xa/${commune.slug}`), name: `${commune.fullName}, ${commune.province}` },
]
