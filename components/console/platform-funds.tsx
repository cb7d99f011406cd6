import { FoldTable } from '@/components/ui/fold-table'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { StaffFund } from '@/lib/staff/model'

/** The funds of the platform, and how many directors each has. @param directors by id of a fund */
export function PlatformFunds({
  locale,
  funds,
  directors,
}: {
  locale: Locale
  funds: readonly StaffFund[]
  directors: ReadonlyMap<number, number>
}) {
  const t = translator(locale, 'console')
  const without = funds.find(({ id }) => (directors.get(id) ?? 0) === 0)
  return (
    <>
      <p>{t('platform.lead')}</p>
      <FoldTable
        caption={t('platform.title')}
        rows={[...funds]}
        rowKey={({ slug }) => slug}
        columns={[
          {
            key: 'fund',
            head: t('platform.fund'),
            isRowHead: true,
            room: 'grow',
            cell: ({ slug, name }) => <a href={localePath(locale, `/quy/${slug}`)}>{name}</a>,
          },
          {
            key: 'directors',
            head: t('platform.directors'),
            isNumber: true,
            fold: t('platform.directors'),
            cell: ({ id }) => directors.get(id) ?? 0,
          },
        ]}
      />
      {without && <p>{t.rich('platform.invite', { slug: without.slug, c: (text) => <code className="memo">{text}</code> })}</p>}
      <p>
        <a href="/api/health">{t('platform.health')}</a>
      </p>
      <p>
        <a href={localePath(locale, '/quan-tri/toi')}>{t('nav.me')}</a>
      </p>
    </>
  )
}
