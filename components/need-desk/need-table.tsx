import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { NeedItem } from '@/lib/needs/model'
import { needTag } from './texts'

/** Needs, each one line. */
export function NeedTable({ locale, fundSlug, items }: { locale: Locale; fundSlug: string; items: NeedItem[] }) {
  const t = translator(locale, 'need-desk')
  return (
    <FoldTable
      caption={t('list.title')}
      rows={items}
      rowKey={({ needId }) => String(needId)}
      columns={[
        {
          key: 'need',
          head: t('list.need'),
          isRowHead: true,
          room: 'wide',
          cell: ({ needId, category, commune, schoolYear }) => (
            <>
              <a href={localePath(locale, consolePath(fundSlug, `/nhu-cau/${needId}`))}>
                {category}, {commune}
              </a>
              <span className="sub">{`${schoolYear}–${schoolYear + 1}`}</span>
            </>
          ),
        },
        {
          key: 'state',
          head: t('list.state'),
          room: 'grow',
          cell: ({ state, priority }) => (
            <>
              <span className={`tag ${needTag(state)}`}>{t(`states.${state}`)}</span>
              {priority === 'urgent' && <span className="sub">{t('priorities.urgent')}</span>}
            </>
          ),
        },
        {
          key: 'children',
          head: t('list.children'),
          isNumber: true,
          fold: t('list.children'),
          cell: ({ children }) => formatCount(children, locale),
        },
        {
          key: 'quantity',
          head: t('list.quantity'),
          isNumber: true,
          fold: t('list.quantity'),
          cell: ({ quantity, unit }) => `${formatCount(quantity, locale)} ${unit}`,
        },
        {
          key: 'amount',
          head: t('list.amount'),
          isNumber: true,
          fold: t('list.amount'),
          cell: ({ amountVnd }) => <Money vnd={amountVnd} locale={locale} />,
        },
      ]}
    />
  )
}
