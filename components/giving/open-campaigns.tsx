import { Motif } from '@/components/weave/motif'
import { labelWithSums, WithSums } from '@/components/ui/logged-sum'
import { WovenBar } from '@/components/weave/woven-bar'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { OpenCampaign } from '@/lib/pledges/model'
import { formatDay } from '@/lib/time/day'

/** Campaigns one may give to, each with the way to its form. */
export function OpenCampaigns({ locale, campaigns }: { locale: Locale; campaigns: OpenCampaign[] }) {
  const t = translator(locale, 'giving')
  return (
    <ul className="list">
      {campaigns.map((campaign) => {
        const { slug, title, category, categoryName, communeName, children, seed, goalVnd, receivedVnd, missingVnd, neededBy } = campaign
        return (
          <li key={slug}>
            <Motif category={category} />
            <div>
              <h3>
                <a href={localePath(locale, `/chien-dich/${slug}`)}>{together(title)}</a>
              </h3>
              <p className="small quiet">
                {t('choose.line', {
                  category: categoryName,
                  commune: inSentence(communeName, locale),
                  children: formatCount(children, locale),
                })}
              </p>
            </div>
            <div className="run">
              <WovenBar
                seed={seed}
                id={`d-${slug}`}
                sums={{ goalVnd, receivedVnd }}
                label={labelWithSums(locale, (sum) =>
                  t('choose.bar', { title, received: sum(`received ${slug}`, receivedVnd), missing: sum(`needed ${slug}`, missingVnd) }),
                )}
              />
              <p className="row small">
                <span>
                  {missingVnd > 0n ? (
                    <WithSums
                      locale={locale}
                      say={(sum) =>
                        t.rich('choose.missing', {
                          missing: sum(`needed ${slug}`, missingVnd),
                          day: formatDay(neededBy),
                          b: (text) => <b className="so">{text}</b>,
                        })
                      }
                    />
                  ) : (
                    t('choose.full')
                  )}
                </span>
                <a className="give" href={localePath(locale, `/ung-ho/${slug}`)} aria-label={t('choose.giveTo', { title })}>
                  {t('choose.give')}
                </a>
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
