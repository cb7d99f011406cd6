import { labelWithSums, LoggedSum } from '@/components/ui/logged-sum'
import { WeaveKey, WovenBar } from '@/components/weave/woven-bar'
import type { CommuneRow } from '@/lib/communes/model'
import type { HomeView } from '@/lib/home/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatShare } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

const STRIPS = 9

/** The communes with the most missing, each a strip of one cloth; and the sums over all communes. */
export function ClothOfTheYear({ home, locale }: { home: HomeView; locale: Locale }) {
  const t = translator(locale, 'home')
  const { sums, schoolYear, today } = home
  const strips = home.communes.filter(({ missingVnd }) => missingVnd > 0n).slice(0, STRIPS)
  if (schoolYear === null) return null
  return (
    <section className="sec" aria-labelledby="vai">
      <h2 id="vai">{t('cloth', { year: together(`${schoolYear}–${schoolYear + 1}`), day: formatDay(today) })}</h2>
      {strips.length > 0 && (
        <>
          <p className="quiet">{t('clothText', { count: strips.length })}</p>
          <p className="cloth-head small quiet" aria-hidden="true">
            <span>{t('commune')}</span>
            <span>{t('missing')}</span>
          </p>
          <ol className="cloth">
            {strips.map((commune) => (
              <Strip key={commune.slug} commune={commune} locale={locale} />
            ))}
          </ol>
          <p className="cloth-key legend">
            <span>
              <WeaveKey kind="received" />
              {t('keyReceived')}
            </span>
            <span>
              <WeaveKey kind="missing" />
              {t('keyMissing')}
            </span>
          </p>
        </>
      )}
      <dl className="sums near">
        {(
          [
            ['asked', sums.askedVnd],
            ['covered', sums.coveredVnd],
            ['received', sums.receivedVnd, 'given'],
            ['missing', sums.missingVnd],
          ] as const
        ).map(([key, vnd, of = key]) => (
          <div key={key}>
            <dt>{t(`sums.${key}`)}</dt>
            <dd>
              <LoggedSum of={of} vnd={vnd} locale={locale} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="small near3">{t.rich('sumsNote', { a: (text) => <a href={localePath(locale, '/xa')}>{text}</a> })}</p>
    </section>
  )
}

function Strip({ commune, locale }: { commune: CommuneRow; locale: Locale }) {
  const t = translator(locale, 'home')
  const goalVnd = commune.receivedVnd + commune.missingVnd
  const of = `missing * ${commune.slug}`
  return (
    <li>
      <a href={localePath(locale, `/xa/${commune.slug}`)}>{commune.name}</a>
      <WovenBar
        seed={commune.seed}
        id={`vai-${commune.slug}`}
        sums={{ goalVnd, receivedVnd: commune.receivedVnd }}
        label={labelWithSums(locale, (sum) =>
          t('bar', { share: formatShare(commune.receivedVnd, goalVnd, locale), missing: sum(of, commune.missingVnd) }),
        )}
        cols={160}
        rows={11}
      />
      <span className="so small">
        <LoggedSum of={of} vnd={commune.missingVnd} locale={locale} />
        <span className="vh"> {t('missingAfter')}</span>
      </span>
    </li>
  )
}
