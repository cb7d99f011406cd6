import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum, WithSums } from '@/components/ui/logged-sum'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatShares } from '@/lib/money/shares'
import { wayKey, type Flow, type River, type Way } from '@/lib/river/model'
import { RiverBars } from './river-bars'
import { RiverPicture } from './river-picture'

const PARTS = ['receivedVnd', 'deliveredVnd', 'spentVnd', 'waitingVnd'] as const

/** The river of money of a year: in words, as a picture, and as a table that says the same. */
export function RiverSection({ locale, river }: { locale: Locale; river: River }) {
  const t = translator(locale, 'river')
  const { year, years, ways, sum, wait } = river
  const [delivered = '', spent = '', waitingShare = ''] = formatShares([sum.deliveredVnd, sum.spentVnd, sum.waitingVnd], locale)
  const money = (flow: Flow, part: (typeof PARTS)[number], way = '') => (
    <LoggedSum of={part.replace(/Vnd$/, '') + way} vnd={flow[part]} locale={locale} />
  )
  return (
    <section className="sec" aria-labelledby="dong-tien">
      <h2 className="head2" id="dong-tien">
        {t('title', { year: String(year) })}
      </h2>
      <p className="near">
        <WithSums
          locale={locale}
          say={(place) =>
            t('said', {
              ...{ received: place('received', sum.receivedVnd), delivered, spent },
              ...{ waiting: place('waiting', sum.waitingVnd), waitingShare },
            })
          }
        />
      </p>
      <p className="near2">{wait ? t('wait', { days: wait.medianDays, count: wait.handovers }) : t('noWait')}</p>
      {years.length > 1 && (
        <p className="near2">
          {t('years')}:{' '}
          {years.map((one) =>
            one === year ? (
              <b key={one}>{one} </b>
            ) : (
              <a key={one} href={`${localePath(locale, '/minh-bach')}?nam=${one}#dong-tien`}>
                {one}{' '}
              </a>
            ),
          )}
        </p>
      )}
      <RiverPicture locale={locale} river={river} />
      <RiverBars locale={locale} river={river} />
      <details className="near">
        <summary>{t('table')}</summary>
        <FoldTable
          caption={t('title', { year: String(year) })}
          isCells
          rows={ways}
          rowKey={wayKey}
          columns={[
            {
              key: 'where',
              head: t('where'),
              isRowHead: true,
              room: 'wide',
              cell: ({ fund, category, commune, communeSlug }) => (
                <>
                  <a href={localePath(locale, `/xa/${communeSlug}`)}>{commune}</a>
                  <span className="sub">
                    {category} · {fund}
                  </span>
                </>
              ),
            },
            ...PARTS.map((part) => ({
              key: part,
              head: t(part),
              fold: t(part),
              isNumber: true,
              cell: (way: Way) => money(way, part, ` ${wayKey(way)}`),
            })),
          ]}
          total={{ where: t('total'), ...Object.fromEntries(PARTS.map((part) => [part, money(sum, part)])) }}
        />
        <p className="small quiet near3">{t('few')}</p>
      </details>
    </section>
  )
}
