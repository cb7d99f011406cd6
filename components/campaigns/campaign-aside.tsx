import { Facts, type Fact } from '@/components/ui/facts'
import { LoggedSum } from '@/components/ui/logged-sum'
import { Money } from '@/components/ui/money'
import type { CampaignView } from '@/lib/campaigns/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { notTaking } from './not-taking'

const PRICES = 4

/** The way to help, or why there is none; prices, the fund that answers, and where the surplus goes. */
export function CampaignAside({ campaign, locale }: { campaign: CampaignView; locale: Locale }) {
  const t = translator(locale, 'campaigns')
  const { takesGifts, slug, fund, missingVnd, neededBy, budget, overflow, isEmergency } = campaign
  const help: Fact[] = takesGifts
    ? [
        {
          key: 'missing',
          term: t('page.missingBy', { day: formatDay(neededBy) }),
          value: <LoggedSum of="needed" vnd={missingVnd} locale={locale} />,
          isBig: true,
        },
        {
          key: 'give',
          term: t('page.way'),
          isTermHidden: true,
          value: (
            <a className="act full" href={localePath(locale, `/ung-ho/${slug}`)}>
              {t('page.give')}
            </a>
          ),
        },
      ]
    : [
        { key: 'state', term: t('filter.state'), value: notTaking(campaign, locale) },
        {
          key: 'elsewhere',
          term: t('page.way'),
          isTermHidden: true,
          value: (
            <a className="act act-2 full" href={localePath(locale, '/chien-dich')}>
              {t('page.elsewhere')}
            </a>
          ),
        },
      ]
  return (
    <Facts
      facts={[
        ...help,
        ...budget.slice(0, PRICES).map(({ position, item, unitPriceVnd }) => ({
          key: `price-${position}`,
          term: item,
          value: <Money vnd={unitPriceVnd} locale={locale} />,
        })),
        { key: 'fund', term: t('page.answers'), value: <a href={localePath(locale, `/quy/${fund.slug}`)}>{fund.name}</a> },
        { key: 'overflow', term: t('page.overflow'), value: <span className="small">{overflow}</span> },
        ...(isEmergency
          ? [
              {
                key: 'emergency',
                term: t('page.neededBy', { day: formatDay(neededBy) }),
                value: <span className="small">{t('page.emergency', { day: formatDay(neededBy) })}</span>,
              },
            ]
          : []),
      ]}
    />
  )
}
