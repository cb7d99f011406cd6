import { FoldTable } from '@/components/ui/fold-table'
import { labelWithSums, LoggedSum } from '@/components/ui/logged-sum'
import { Timeline } from '@/components/ui/timeline'
import type { DaySum, HomeView } from '@/lib/home/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'

/** What came in the last seven days: the sum, a sparkline, the same as a table, and the newest gifts. */
export function Week({ home, locale }: { home: HomeView; locale: Locale }) {
  const t = translator(locale, 'home')
  const { week, arrivals } = home
  const gifts = week.reduce((all, day) => all + day.gifts, 0)
  const receivedVnd = week.reduce((all, day) => all + day.receivedVnd, 0n)
  const sum = <LoggedSum of="gifts" vnd={receivedVnd} locale={locale} />
  return (
    <section className="sec two two-even" aria-labelledby="tuan">
      <div>
        <h2 className="head2" id="tuan">
          {t('week')}
        </h2>
        <p>{t('weekSum', { count: gifts })}</p>
        {gifts > 0 && (
          <>
            <p className="big">{sum}</p>
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
                  {
                    key: 'amount',
                    head: t('amount'),
                    isNumber: true,
                    cell: ({ day, receivedVnd: vnd }) => <LoggedSum of={`gifts ${day}`} vnd={vnd} locale={locale} />,
                  },
                ]}
                total={{ day: t('total'), gifts: formatCount(gifts, locale), amount: sum }}
              />
            </details>
          </>
        )}
      </div>
      {arrivals.length > 0 && (
        <div>
          <h2 className="head2">{t('arrivals')}</h2>
          <Timeline
            knots={arrivals.map(({ key, name, amountVnd, returnedVnd, receivedAt, campaign }) => ({
              key,
              when: formatMoment(receivedAt),
              what: (
                <p>
                  {t('arrival', { name, amount: formatVnd(amountVnd, locale) })}
                  {returnedVnd > 0n &&
                    ` (${returnedVnd === amountVnd ? t('returned') : t('returnedPart', { amount: formatVnd(returnedVnd, locale) })})`}
                  <a className="small" href={localePath(locale, `/chien-dich/${campaign.slug}`)}>
                    {together(campaign.title)}
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

const DAY_WIDTH = 10
/** Threads of one day's bar, woven side by side. */
const THREADS = [2.5, 3.5, 4.5, 5.5, 6.5, 7.5]
const HEIGHT = 20

/** One bar a day, as high as what came; today last. Heights are cut down, never rounded up. */
function Sparkline({ week, locale }: { week: DaySum[]; locale: Locale }) {
  const t = translator(locale, 'home')
  const [first] = week
  const last = week.at(-1)
  const most = week.reduce<DaySum | undefined>((best, day) => (best && best.receivedVnd >= day.receivedVnd ? best : day), undefined)
  if (!first || !last || !most || most.receivedVnd === 0n) return null
  const width = week.length * DAY_WIDTH
  return (
    <svg
      className="spark near3"
      viewBox={`0 0 ${width} ${HEIGHT + 5}`}
      role="img"
      {...labelWithSums(locale, (sum) =>
        t('weekPicture', {
          from: formatDay(first.day),
          to: formatDay(last.day),
          most: sum(`gifts ${most.day}`, most.receivedVnd),
          day: formatDay(most.day),
        }),
      )}
    >
      {week.map(({ day, receivedVnd }, index) => {
        const height = Number((receivedVnd * BigInt(HEIGHT) * 100n) / most.receivedVnd) / 100
        return (
          <g key={day}>
            <path className="day" d={THREADS.map((x) => `M${index * DAY_WIDTH + x} ${HEIGHT}v-${height}`).join('')} />
            <text x={index * DAY_WIDTH + DAY_WIDTH / 2} y={HEIGHT + 4}>
              {formatDay(day).slice(0, 5)}
            </text>
          </g>
        )
      })}
      <path className="line" d={`M0 ${HEIGHT}H${width}`} />
    </svg>
  )
}
