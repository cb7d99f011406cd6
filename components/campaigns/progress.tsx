import { LoggedSum } from '@/components/ui/logged-sum'
import { WeaveKey } from '@/components/weave/woven-bar'
import type { CampaignView } from '@/lib/campaigns/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatShare } from '@/lib/money/vnd'
import type { CampaignSpending } from '@/lib/spending/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { CampaignBar } from './campaign-bar'
import { notTaking } from './not-taking'

interface Props {
  campaign: CampaignView
  spending: CampaignSpending
  now: Date
  locale: Locale
}

/** The cloth with its sums: what came, what is missing, and what came above the goal. */
export function Progress({ campaign, spending, now, locale }: Props) {
  const t = translator(locale, 'campaigns')
  const { goalVnd, receivedVnd, missingVnd, aboveGoalVnd, wholeVnd } = campaign
  const isComplete = campaign.state === 'complete'
  const { spentVnd, deliveredVnd } = spending
  return (
    <section className="sec near" aria-label={t('page.progress')}>
      <CampaignBar campaign={campaign} spending={spending} locale={locale} isHead />
      <dl className="sums">
        <div>
          <dt>
            <WeaveKey kind="received" />
            {isComplete ? t('page.took') : t('page.receivedShare', { share: formatShare(receivedVnd, wholeVnd, locale) })}
          </dt>
          <dd>
            <LoggedSum of="received" vnd={receivedVnd} locale={locale} />
          </dd>
        </div>
        {spentVnd > 0n && (
          <div>
            <dt>
              <WeaveKey kind="spent" />
              {t('page.spent')}
            </dt>
            <dd>
              <LoggedSum of="spent" vnd={spentVnd} locale={locale} />
            </dd>
          </div>
        )}
        {deliveredVnd > 0n && (
          <div>
            <dt>
              <WeaveKey kind="delivered" />
              {t('page.delivered')}
            </dt>
            <dd>
              <LoggedSum of="delivered" vnd={deliveredVnd} locale={locale} />
            </dd>
          </div>
        )}
        {!isComplete && (
          <div>
            <dt>
              <WeaveKey kind="missing" />
              {t('page.missing')}
            </dt>
            <dd>
              <LoggedSum of="needed" vnd={missingVnd} locale={locale} />
            </dd>
          </div>
        )}
        {aboveGoalVnd > 0n && (
          <div>
            <dt>{t('page.above')}</dt>
            <dd>
              <LoggedSum of="above" vnd={aboveGoalVnd} locale={locale} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('page.goal')}</dt>
          <dd>
            <LoggedSum of="goal" vnd={goalVnd} locale={locale} />
          </dd>
        </div>
      </dl>
      <p className="small quiet near3">{t('page.asOf', { count: campaign.gifts, moment: formatMoment(now) })}</p>
      <div className="before-aside near2">
        {campaign.takesGifts ? (
          <>
            <p>
              <a className="act full" href={localePath(locale, `/ung-ho/${campaign.slug}`)}>
                {t('page.give')}
              </a>
            </p>
            {campaign.isEmergency && <p className="small near3">{t('page.emergency', { day: formatDay(campaign.neededBy) })}</p>}
          </>
        ) : (
          <p>{notTaking(campaign, locale)}</p>
        )}
      </div>
    </section>
  )
}
