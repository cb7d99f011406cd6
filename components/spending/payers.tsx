import { FoldTable } from '@/components/ui/fold-table'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { payersPath, type PayerPart, type PayersPage } from '@/lib/spending/model'

interface Props {
  locale: Locale
  payers: PayersPage
  /** Gifts that paid in all, whatever this page shows. */
  gifts: number
  /** What all pages come to. */
  totalVnd: bigint
  /** Vietnamese path of the page that the list stands on. */
  path: string
}

/** Who paid, as they chose to be shown, in the order in which their đồng were used; sums add up page by page. */
export function Payers({ locale, payers, gifts, totalVnd, path }: Props) {
  const t = translator(locale, 'spending')
  const { parts, fromVnd, nextVnd } = payers
  const isWhole = fromVnd === 0n && nextVnd === null
  return (
    <section className="sec" aria-labelledby="tien-cua-ai">
      <h2 className="head2" id="tien-cua-ai">
        {t('payers.title')}
      </h2>
      <p>{totalVnd === 0n ? t('payers.leadNone') : t('payers.lead', { gifts })}</p>
      {parts.length > 0 && (
        <div className="near2">
          <FoldTable
            caption={t('payers.title')}
            rows={parts}
            rowKey={({ key }) => key}
            columns={[
              { key: 'who', head: t('payers.who'), isRowHead: true, room: 'grow', cell: (part) => <Who locale={locale} part={part} /> },
              { key: 'sum', head: t('amount'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
            ]}
            total={{ who: t(isWhole ? 'payers.total' : 'payers.pageTotal'), sum: formatVnd(payers.amountVnd, locale) }}
          />
        </div>
      )}
      {!isWhole && (
        <nav className="pager" aria-label={t('payers.nav')}>
          {fromVnd > 0n && <a href={`${localePath(locale, path)}#tien-cua-ai`}>{t('payers.first')}</a>}
          <span>{t('payers.pages', { page: formatVnd(payers.amountVnd, locale), total: formatVnd(totalVnd, locale) })}</span>
          {nextVnd !== null && (
            <a href={`${localePath(locale, payersPath(path, nextVnd))}#tien-cua-ai`} rel="next">
              {t('payers.next')}
            </a>
          )}
        </nav>
      )}
      <p className="small quiet near3">{t('story.pooled')}</p>
    </section>
  )
}

function Who({ locale, part: { kind, name, code, gifts } }: { locale: Locale; part: PayerPart }) {
  const t = translator(locale, 'spending')
  const text = kind === 'reserve' ? t('payers.reserve') : (name ?? t('payers.nameless', { count: gifts }))
  return code === null ? text : <a href={localePath(locale, `/theo-doi/${code}`)}>{text}</a>
}
