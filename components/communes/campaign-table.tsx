import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import type { CommuneCampaign } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'

/** Campaigns of a commune, those that take gifts first. */
export function CampaignTable({ locale, campaigns }: { locale: Locale; campaigns: CommuneCampaign[] }) {
  const t = translator(locale, 'communes')
  return (
    <FoldTable
      caption={t('page.campaigns')}
      isCells
      rows={campaigns}
      rowKey={({ slug }) => slug}
      columns={[
        {
          key: 'title',
          head: t('page.campaign'),
          isRowHead: true,
          room: 'wide',
          cell: ({ slug, title, state }) => (
            <>
              <a href={localePath(locale, `/chien-dich/${slug}`)}>{together(title)}</a>
              <span className="sub">{t(`state.${state}`)}</span>
            </>
          ),
        },
        {
          key: 'goal',
          head: t('page.goal'),
          isNumber: true,
          fold: t('folds.goal'),
          cell: ({ slug, goalVnd }) => <LoggedSum of={`goal ${slug}`} vnd={goalVnd} locale={locale} />,
        },
        {
          key: 'received',
          head: t('columns.received'),
          isNumber: true,
          fold: t('folds.received'),
          cell: ({ slug, receivedVnd }) => <LoggedSum of={`received ${slug}`} vnd={receivedVnd} locale={locale} />,
        },
        {
          key: 'missing',
          head: t('columns.missing'),
          isNumber: true,
          fold: t('folds.missing'),
          cell: ({ slug, goalVnd, receivedVnd }) => (
            <b>
              <LoggedSum of={`needed ${slug}`} vnd={goalVnd > receivedVnd ? goalVnd - receivedVnd : 0n} locale={locale} />
            </b>
          ),
        },
      ]}
    />
  )
}
