import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { Timeline } from '@/components/ui/timeline'
import type { DaySum, HomeView } from '@/lib/home/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'

/** What came in the last seven days: the sum, a sparkline, the same as a table, and the newest gifts. */
export function Week({ home, locale }: { home: HomeView; locale: Locale }) {
  const t = translator(locale, 'home')
  const { week, arrivals } = home
  const gifts = week.reduce((sum, day) => sum + day.gifts, 0)
  const receivedVnd = week.reduce((sum, day) => sum + day.receivedVnd, 0n)
  return (
    <section className="sec two two-even" aria-labelledby="tuan">
      <div>
        <h2 className="head2" id="tuan">
          {t('week')}
        </h2>
        <p>{t('weekSum', { count: gifts })}</p>
        {gifts > 0 && (
          <>
            <p className="big">{formatVnd(receivedVnd, locale)}</p>
            <Sparkline week={week} locale={locale} />
            <details className="near3">
              <summary className="small">{t('weekTable')}</summary>
              <FoldTable
                caption={t('week')}
                rows={week}
                rowKey={({ day }) => day}
                columns={[
                  { key: 'day', head: t('day'), room: 'grow', isRowHead: true, cell: ({ day }) => formatDay(day) },
                  { key: 'gifts', head: t('gifts'), isNumber: true, fold: t('gifts'), cell: (day) => formatCount(day.gifts, locale) },
                  { key: 'amount', head: t('amount'), isNumber: true, cell: (day) => <Money vnd={day.receivedVnd} locale={locale} /> },
                ]}
                total={{ day: t('total'), gifts: formatCount(gifts, locale), amount: <Money vnd={receivedVnd} locale={locale} /> }}
              />
            </details>
          </>
        )}
      </div>
      {arrivals.length > 0 && (
        <div>
          <h2 className="head2">{t('arrivals')}</h2>
          <Timeline
            knots={arrivals.map(({ key, name, amountVnd, receivedAt, campaign }) => ({
              key,
              when: formatMoment(receivedAt),
              what: (
                <p>
                  {t('arrival', { name, amount: formatVnd(amountVnd, locale) })}
                  <a className="sub" href={localePath(locale, `/chien-dich/${campaign.slug}`)}>
                    {campaign.title}
                  </a>
                </p>
              ),
            }))}
          />
        </div>
      )}
    </section>
  )
}

const BAR_PITCH = 10
const HEIGHT = 24n

/** One bar a day, as high as what came; today last. Heights are cut down, never rounded up. */
function Sparkline({ week, locale }: { week: DaySum[]; locale: Locale }) {
  const t = translator(locale, 'home')
  const [first] = week
  const most = week.reduce(
    (best, day) => (day.receivedVnd > best.receivedVnd ? day : best),
    first ?? { day: '', receivedVnd: 0n, gifts: 0 },
  )
  const last = week.at(-1)
  if (!first || !last || most.receivedVnd === 0n) return null
  const width = week.length * BAR_PITCH
  return (
    <svg
      className="spark near3"
      viewBox={`0 0 ${width} ${Number(HEIGHT) + 1}`}
      role="img"
      aria-label={t('weekPicture', {
        from: formatDay(first.day),
        to: formatDay(last.day),
        most: formatVnd(most.receivedVnd, locale),
        day: formatDay(most.day),
      })}
    >
      {week.map(({ day, receivedVnd }, index) => {
        const tenths = Number((receivedVnd * HEIGHT * 10n) / most.receivedVnd)
        const height = tenths / 10
        return (
          <rect
            key={day}
            className={day === last.day ? 'today' : 'day'}
            x={index * BAR_PITCH + 1}
            y={Number(HEIGHT) - height}
            width={BAR_PITCH - 2}
            height={height}
          />
        )
      })}
      <path className="line" d={`M0 ${Number(HEIGHT) + 0.5}H${width}`} />
    </svg>
  )
}
