import { FoldTable } from '@/components/ui/fold-table'
import type { CampaignGoods, GoodsRow, LineInKind } from '@/lib/goods/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  slug: string
  goods: CampaignGoods
  /** The campaign takes promises: the way to make one is shown. */
  isOpen: boolean
}

/** What of a campaign's budget is covered in goods and services: beside its money, in the units of each item. */
export function InKind({ locale, slug, goods, isOpen }: Props) {
  const t = translator(locale, 'goods')
  const { lines, latest } = goods
  if (lines.length === 0 && !isOpen) return null
  return (
    <section className={lines.length > 0 ? 'sec' : 'near2'} id="hien-vat" aria-label={t('campaign.title')}>
      {lines.length > 0 && (
        <>
          <h2 className="head2">{t('campaign.title')}</h2>
          <LinesTable locale={locale} lines={lines} />
          <p className="small quiet near2">{t('campaign.how')}</p>
        </>
      )}
      {isOpen && (
        <p className={lines.length > 0 ? 'near3' : 'small'}>
          {t.rich('link.campaign', { a: (text) => <a href={localePath(locale, `/ung-ho/${slug}/hien-vat`)}>{text}</a> })}
        </p>
      )}
      {latest.length > 0 && (
        <>
          <h3 className="near">{t('campaign.latest')}</h3>
          <div className="near3">
            <VisitsTable locale={locale} visits={latest} />
          </div>
        </>
      )}
    </section>
  )
}

function LinesTable({ locale, lines }: { locale: Locale; lines: LineInKind[] }) {
  const t = translator(locale, 'goods')
  const counted = (units: bigint | number, unit: string) => (
    <>
      {formatCount(units, locale)} <span className="sub">{unit}</span>
    </>
  )
  return (
    <FoldTable
      isCells
      className="thirds"
      caption={t('campaign.caption')}
      rows={lines}
      rowKey={({ position }) => String(position)}
      columns={[
        { key: 'item', head: t('campaign.item'), room: 'wide', isRowHead: true, cell: ({ item }) => item },
        {
          key: 'needed',
          head: t('campaign.needed'),
          isNumber: true,
          fold: t('campaign.foldNeeded'),
          cell: ({ quantity, unit }) => counted(quantity, unit),
        },
        {
          key: 'promised',
          head: t('campaign.promised'),
          isNumber: true,
          fold: t('campaign.foldPromised'),
          cell: ({ promised }) => formatCount(promised, locale),
        },
        {
          key: 'received',
          head: t('campaign.received'),
          isNumber: true,
          fold: t('campaign.foldReceived'),
          cell: ({ received }) => <b>{formatCount(received, locale)}</b>,
        },
      ]}
    />
  )
}

/** Who brought what, by the name each giver chose to show. */
function VisitsTable({ locale, visits }: { locale: Locale; visits: GoodsRow[] }) {
  const t = translator(locale, 'goods')
  return (
    <FoldTable
      className="visits"
      caption={t('campaign.latest')}
      rows={visits}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'day',
          head: t('campaign.day'),
          className: 'when nw quiet',
          cell: ({ receivedOn }) => <time dateTime={receivedOn}>{formatDay(receivedOn)}</time>,
        },
        {
          key: 'donor',
          head: t('campaign.donor'),
          room: 'grow',
          className: 'donor',
          isRowHead: true,
          cell: ({ name, message }) => (
            <>
              {name}
              {message && <q className="sub">{message}</q>}
            </>
          ),
        },
        {
          key: 'what',
          head: t('campaign.what'),
          room: 'wide',
          cell: ({ what }) => (
            <ul>
              {what.map(({ key, item, unit, units }) => (
                <li key={key}>{t('campaign.piece', { units: formatCount(units, locale), unit, item })}</li>
              ))}
            </ul>
          ),
        },
        {
          key: 'code',
          head: t('campaign.code'),
          className: 'so',
          cell: ({ code }) => <a href={localePath(locale, `/theo-doi/${code}`)}>{code}</a>,
        },
      ]}
    />
  )
}
