import { FoldTable } from '@/components/ui/fold-table'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'
import type { UnreadItem } from '@/lib/unread/model'

interface Props {
  locale: Locale
  items: UnreadItem[]
  names: ReadonlyMap<string, string>
  /** Address of an item's own pane. */
  openHref: (key: string) => string
}

/** What waits, each with why it is here and the way to its pane. */
export function UnreadTable({ locale, items, names, openHref }: Props) {
  const t = translator(locale, 'unread')
  return (
    <FoldTable
      caption={t('title')}
      className="queue"
      rows={items}
      rowKey={({ key }) => key}
      columns={[
        { key: 'when', head: t('when'), cell: ({ at }) => <time dateTime={at.toISOString()}>{formatMoment(at)}</time> },
        { key: 'source', head: t('source'), room: 'grow', cell: ({ source }) => t(`sources.${source}`) },
        {
          key: 'amount',
          head: t('amount'),
          isNumber: true,
          cell: ({ amountVnd }) => (amountVnd === null ? t('noAmount') : <b>{formatVnd(amountVnd, locale)}</b>),
        },
        {
          key: 'what',
          head: t('what'),
          room: 'wide',
          isRowHead: true,
          cell: ({ of, why, facts, earlier, isOwn, waits }) => (
            <>
              <b>{t(`why.${why}`)}</b>
              {of === 'line' && <span className="sub memo">{facts.map(({ value }) => value).join(', ')}</span>}
              {!isOwn && <span className="sub tag maybe">{t('nobodys')}</span>}
              {earlier !== null && (
                <span className="sub">{t('earlier', { id: earlier.id, amount: formatVnd(earlier.amountVnd, locale) })}</span>
              )}
              {waits !== null && (
                <span className="sub">
                  {t('waits', { name: names.get(waits.by) ?? waits.by, at: formatMoment(waits.at), reason: waits.reason })}
                </span>
              )}
            </>
          ),
        },
        {
          key: 'open',
          head: <span className="vh">{t('open')}</span>,
          cell: ({ key, at }) => (
            <a href={openHref(key)}>
              {t('open')}
              <span className="vh"> {formatMoment(at)}</span>
            </a>
          ),
        },
      ]}
    />
  )
}
