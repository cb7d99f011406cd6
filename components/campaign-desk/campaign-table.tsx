import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import type { CampaignDeskItem } from '@/lib/campaigns/model'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { stateTag, stateText } from './texts'

/** Campaigns and drafts of a fund, each one line. */
export function CampaignTable({ locale, fundSlug, items }: { locale: Locale; fundSlug: string; items: CampaignDeskItem[] }) {
  const t = translator(locale, 'campaign-desk')
  const pathOf = ({ campaignId, draftId }: CampaignDeskItem) =>
    localePath(locale, consolePath(fundSlug, campaignId === null ? `/chien-dich/soan/${draftId}` : `/chien-dich/${campaignId}`))
  return (
    <FoldTable
      caption={t('title')}
      rows={items}
      rowKey={({ campaignId, draftId }) => (campaignId === null ? `d${draftId}` : `c${campaignId}`)}
      columns={[
        {
          key: 'campaign',
          head: t('columns.campaign'),
          isRowHead: true,
          room: 'wide',
          cell: (item) => (
            <>
              <a href={pathOf(item)}>{item.title === '' ? t('noTitle') : item.title}</a>
              <span className="sub">
                {item.category}, {item.commune}
              </span>
            </>
          ),
        },
        {
          key: 'state',
          head: t('columns.state'),
          room: 'grow',
          cell: (item) => <span className={`tag ${stateTag(item)}`}>{stateText(locale, item)}</span>,
        },
        {
          key: 'goal',
          head: t('columns.goal'),
          isNumber: true,
          fold: t('columns.goal'),
          cell: ({ goalVnd }) => (goalVnd === null ? '–' : <Money vnd={goalVnd} locale={locale} />),
        },
        {
          key: 'received',
          head: t('columns.received'),
          isNumber: true,
          fold: t('columns.received'),
          cell: ({ receivedVnd }) => <Money vnd={receivedVnd} locale={locale} />,
        },
        {
          key: 'by',
          head: t('columns.by'),
          fold: t('columns.by'),
          cell: ({ neededBy }) => (neededBy === null ? '–' : formatDay(neededBy)),
        },
      ]}
    />
  )
}
