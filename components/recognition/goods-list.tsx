import { FoldTable } from '@/components/ui/fold-table'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { GoodsThanks } from '@/lib/recognition/model'
import { formatDay } from '@/lib/time/day'

/** Who brought goods or gave a service, in the units of each item and in no sum of money. */
export function GoodsList({ locale, rows }: { locale: Locale; rows: GoodsThanks[] }) {
  const t = translator(locale, 'recognition')
  return (
    <FoldTable
      caption={t('list.goods')}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'name',
          head: t('list.giver'),
          isRowHead: true,
          room: 'wide',
          cell: ({ name, code }) => <a href={localePath(locale, `/theo-doi/${code}`)}>{name}</a>,
        },
        {
          key: 'what',
          head: t('list.what'),
          room: 'grow',
          cell: ({ items }) => (
            <>
              {items.map(({ key, units, unit, item }) => (
                <span className="things-line" key={key}>
                  {t('list.units', { units: formatCount(Number(units), locale), unit, item: `· ${item}` })}
                </span>
              ))}
            </>
          ),
        },
        { key: 'day', head: t('list.day'), isNumber: true, cell: ({ receivedOn }) => formatDay(receivedOn) },
      ]}
    />
  )
}
