import { labelWithSums } from '@/components/ui/logged-sum'
import { WovenBar, WovenHead } from '@/components/weave/woven-bar'
import type { CampaignItem } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatShare } from '@/lib/money/vnd'
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
  const { wholeVnd, goalVnd, receivedVnd, missingVnd, slug, commune } = campaign
  // On the page of all it is, sums need no name of whose they are.
  const whose = isHead ? '' : ` ${slug}`
  const label = labelWithSums(locale, (sum) =>
    missingVnd > 0n
      ? t('item.bar', { share: formatShare(receivedVnd, wholeVnd, locale), missing: sum(`needed${whose}`, missingVnd) })
      : t('item.barFull', { goal: sum(`${wholeVnd === goalVnd ? 'goal' : 'received'}${whose}`, wholeVnd) }),
  )
  const { spentVnd = 0n, deliveredVnd = 0n } = spending ?? {}
  // Each đồng is woven once, as the last that became of it.
  const sums = { goalVnd: wholeVnd, deliveredVnd, spentVnd: spentVnd - deliveredVnd, receivedVnd: receivedVnd - spentVnd }
  const cloth = { seed: commune.seed, id: `vai-${slug}`, sums, label }
  return isHead ? <WovenHead {...cloth} /> : <WovenBar {...cloth} />
}
