import { LoggedSum } from '@/components/ui/logged-sum'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { FundRow } from '@/lib/funds/model'
import { formatCount } from '@/lib/money/vnd'

/** The funds, each with what it received and where it works. */
export function FundList({ locale, funds }: { locale: Locale; funds: FundRow[] }) {
  const t = translator(locale, 'funds')
  return (
    <ul className="fund-list">
      {funds.map((fund) => (
        <li key={fund.slug}>
          <h2>
            <a href={localePath(locale, `/quy/${fund.slug}`)}>{fund.name}</a>
          </h2>
          <p className="near3">{fund.about}</p>
          <dl className="sums">
            <div>
              <dt>{t('list.received')}</dt>
              <dd>
                <LoggedSum of={`received ${fund.slug}`} vnd={fund.receivedVnd} locale={locale} />
              </dd>
            </div>
            <div>
              <dt>{t('page.gifts')}</dt>
              <dd>{formatCount(fund.gifts, locale)}</dd>
            </div>
            <div>
              <dt>{t('list.open')}</dt>
              <dd>{formatCount(fund.openCampaigns, locale)}</dd>
            </div>
            <div>
              <dt>{t('list.communes')}</dt>
              <dd>{formatCount(fund.communes, locale)}</dd>
            </div>
          </dl>
          <p className="small near3">
            <a href={localePath(locale, `/quy/${fund.slug}`)}>{t('list.more')}</a>
          </p>
        </li>
      ))}
    </ul>
  )
}
