import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import type { CommuneRow } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Every commune with its sums, most in need first: all that the map shows, in words and figures. */
export function CommuneTable({ locale, communes }: { locale: Locale; communes: CommuneRow[] }) {
  const t = translator(locale, 'communes')
  return (
    <FoldTable
      caption={t('list.table')}
      className="ranks"
      rows={communes}
      rowKey={({ slug }) => slug}
      rowId={({ slug }) => `xa-${slug}`}
      columns={[
        { key: 'rank', head: t('columns.rank'), className: 'n0', cell: ({ rank }) => rank },
        {
          key: 'name',
          head: t('columns.commune'),
          isRowHead: true,
          room: 'grow',
          cell: ({ slug, fullName, isPriority }) => (
            <>
              <a href={localePath(locale, `/xa/${slug}`)}>{fullName}</a>
              {isPriority && <span className="sub">{t('priority')}</span>}
            </>
          ),
        },
        {
          key: 'before',
          head: t('columns.before'),
          className: 'old quiet',
          cell: ({ former }) => former.map(({ name, isPartial }) => (isPartial ? t('part', { name }) : name)).join(', '),
        },
        {
          key: 'asked',
          head: t('columns.asked'),
          isNumber: true,
          fold: t('folds.asked'),
          className: 'less',
          cell: ({ slug, askedVnd }) => <LoggedSum of={`asked * ${slug}`} vnd={askedVnd} locale={locale} />,
        },
        {
          key: 'met',
          head: t('columns.met'),
          isNumber: true,
          fold: t('folds.met'),
          className: 'less',
          cell: ({ slug, coveredVnd, receivedVnd }) => <LoggedSum of={`met * ${slug}`} vnd={coveredVnd + receivedVnd} locale={locale} />,
        },
        {
          key: 'missing',
          head: t('columns.missing'),
          isNumber: true,
          fold: t('folds.missing'),
          cell: ({ slug, missingVnd }) => (
            <b>
              <LoggedSum of={`missing * ${slug}`} vnd={missingVnd} locale={locale} />
            </b>
          ),
        },
      ]}
    />
  )
}
