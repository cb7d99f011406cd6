import { WovenBar, WovenHead } from '@/components/weave/woven-bar'
import type { CampaignItem } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatShare, formatVnd } from '@/lib/money/vnd'
import type { CampaignSpending } from '@/lib/spending/model'

interface Props {
  campaign: CampaignItem
  locale: Locale
  /** What became of its money, where that is known here. */
  spending?: CampaignSpending
  /** The large one, at the head of the campaign's page. */
  isHead?: boolean
}

/** How far a campaign got, woven in the figures of its commune. */
export function CampaignBar({ campaign, spending, locale, isHead }: Props) {
  const t = translator(locale, 'campaigns')
  const { wholeVnd, receivedVnd, missingVnd, slug, commune } = campaign
  const label =
    missingVnd > 0n
      ? t('item.bar', { share: formatShare(receivedVnd, wholeVnd, locale), missing: formatVnd(missingVnd, locale) })
      : t('item.barFull', { goal: formatVnd(wholeVnd, locale) })
  const { spentVnd = 0n, deliveredVnd = 0n } = spending ?? {}
  // Each đồng is woven once, as the last that became of it.
  const sums = { goalVnd: wholeVnd, deliveredVnd, spentVnd: spentVnd - deliveredVnd, receivedVnd: receivedVnd - spentVnd }
  const cloth = { seed: commune.seed, id: `vai-${slug}`, sums, label }
  return isHead ? <WovenHead {...cloth} /> : <WovenBar {...cloth} />
}
