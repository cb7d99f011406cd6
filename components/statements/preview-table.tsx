import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { LINE_KINDS, type FileView, type LineKind, type PreviewLine } from '@/lib/statements/model'
import { formatDay } from '@/lib/time/day'
import { problemText } from './text'

interface Props {
  locale: Locale
  file: FileView
  kind: LineKind | null
  lines: PreviewLine[]
  next: number | null
  /** Address of this page. */
  path: string
}

const TAGS = { new: 'sure', known: 'none', possible_duplicate: 'twin', contradictory: 'maybe', unreadable: 'maybe' } as const

/** Each line of a file, and what it is beside the books. */
export function PreviewTable({ locale, file: { counts }, kind, lines, next, path }: Props) {
  const t = translator(locale, 'statements')
  const query = (is: LineKind | null, after?: number) =>
    `${path}?${new URLSearchParams({ ...(is === null ? {} : { loai: is }), ...(after === undefined ? {} : { sau: String(after) }) })}`
  return (
    <section aria-labelledby="dong">
      <h2 id="dong">{t('lines.caption')}</h2>
      {counts && (
        <nav className="acts-row" aria-label={t('lines.filter')}>
          <a href={query(null)} {...(kind === null ? { 'aria-current': 'page' as const } : {})}>
            {t('kinds.all')}
          </a>
          {LINE_KINDS.filter((is) => counts[is] > 0).map((is) => (
            <a key={is} href={query(is)} {...(kind === is ? { 'aria-current': 'page' as const } : {})}>
              {t(`kinds.${is}`)} {formatCount(counts[is], locale)}
            </a>
          ))}
        </nav>
      )}
      {lines.length === 0 ? (
        <p>{t('lines.none')}</p>
      ) : (
        <FoldTable
          caption={t('lines.caption')}
          rows={lines}
          rowKey={({ number }) => String(number)}
          columns={[
            { key: 'row', head: t('lines.row'), isRowHead: true, fold: t('lines.row'), cell: ({ row }) => row },
            {
              key: 'day',
              head: t('lines.day'),
              cell: ({ postedOn }) => (postedOn === null ? null : <time dateTime={postedOn}>{formatDay(postedOn)}</time>),
            },
            {
              key: 'amount',
              head: t('lines.amount'),
              isNumber: true,
              cell: ({ amountVnd, direction }) =>
                amountVnd === null ? null : <Money vnd={direction === 'out' ? -amountVnd : amountVnd} locale={locale} />,
            },
            {
              key: 'balance',
              head: t('lines.balance'),
              isNumber: true,
              fold: t('lines.balance'),
              cell: ({ balanceVnd }) => (balanceVnd === null ? null : <Money vnd={balanceVnd} locale={locale} />),
            },
            {
              key: 'memo',
              head: t('lines.memo'),
              room: 'wide',
              cell: ({ memo, reference, part }) => (
                <>
                  {part !== null && <b>{t(`lines.${part}`)} </b>}
                  <span className="memo">{memo}</span>
                  {reference !== null && <span className="sub">{reference}</span>}
                </>
              ),
            },
            {
              key: 'kind',
              head: t('lines.kind'),
              room: 'wide',
              cell: ({ kind: is, problem, bankLineId }) =>
                is === null ? null : (
                  <>
                    <span className={`tag ${TAGS[is]}`}>{t(`kinds.${is}`)}</span>
                    {(problem ?? bankLineId) !== null && (
                      <span className="sub">{problem ? problemText(locale, problem) : t('lines.inBooks', { id: bankLineId ?? '' })}</span>
                    )}
                  </>
                ),
            },
          ]}
        />
      )}
      {next !== null && (
        <p>
          <a href={query(kind, next)} rel="next">
            {t('lines.next')}
          </a>
        </p>
      )}
    </section>
  )
}
