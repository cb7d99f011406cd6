import { FoldTable } from '@/components/ui/fold-table'
import type { RelatedUnit } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** The communes that a commune of today was made of, as the plan names and ranks them. */
export function FormerTable({ locale, former }: { locale: Locale; former: RelatedUnit[] }) {
  const t = translator(locale, 'communes')
  return (
    <FoldTable
      caption={t('page.former')}
      rows={former}
      rowKey={({ slug }) => slug}
      columns={[
        {
          key: 'name',
          head: t('page.formerName'),
          isRowHead: true,
          room: 'wide',
          cell: ({ slug, fullName, isPartial }) => (
            <a href={localePath(locale, `/xa/${slug}`)}>{isPartial ? t('part', { name: fullName }) : fullName}</a>
          ),
        },
        { key: 'district', head: t('page.district'), cell: ({ district }) => district },
        {
          key: 'class',
          head: t('page.areaClass'),
          fold: t('page.areaClass'),
          cell: ({ areaClass }) => areaClass ?? t('page.classUnknown'),
        },
        { key: 'plan', head: t('page.byPlan'), cell: ({ isPriority }) => (isPriority ? <b>{t('page.first')}</b> : t('page.inPlan')) },
        {
          key: 'clause',
          head: t('page.clause'),
          room: 'wide',
          className: 'quiet',
          fold: t('folds.clause'),
          cell: ({ clause }) => <span lang="vi">{clause}</span>,
        },
      ]}
    />
  )
}
