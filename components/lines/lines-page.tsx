import { PageShell } from '@/components/site/page-shell'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { AsOf, LinesView, LineTotals } from '@/lib/public-lines/model'
import { FILES_PATH, linesPath, type LineOptions, type LineQuery, type ReadLines } from '@/lib/public-lines/schema'
import { formatDay, formatMoment } from '@/lib/time/day'
import { LinesForm } from './lines-form'
import { LinesTable } from './lines-table'

interface Props {
  locale: Locale
  read: ReadLines
  options: LineOptions
  /** Null where something was not understood. */
  found: LinesView | null
  asOf: AsOf
}

/** Every line in and out of every account, and what is looked for among them. */
export function LinesPage({ locale, read, options, found, asOf }: Props) {
  const t = translator(locale, 'lines')
  const isAsked = linesPath(read.query) !== '/sao-ke'
  return (
    <PageShell locale={locale} path={linesPath(read.query)} here="lines">
      <div className="title">
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
      </div>
      <LinesForm locale={locale} read={read} options={options} />
      {/* The script puts another result in its place while somebody types. */}
      <div id="ket-qua" className="near">
        {isAsked && (
          <p className="small">
            <a href={localePath(locale, '/sao-ke')}>{t('form.clear')}</a>
          </p>
        )}
        {found ? (
          <Result locale={locale} query={read.query} found={found} asOf={asOf} />
        ) : (
          <p className="wrong" role="alert">
            {t('errors.summary')}
          </p>
        )}
      </div>
      <ul className="small quiet near rules">
        {(['memo', 'unplaced', 'cards', 'number'] as const).map((note) => (
          <li key={note}>{t(`notes.${note}`)}</li>
        ))}
      </ul>
      <script type="module" src="/js/lines.js" />
    </PageShell>
  )
}

function Result({ locale, query, found, asOf }: { locale: Locale; query: LineQuery; found: LinesView; asOf: AsOf }) {
  const t = translator(locale, 'lines')
  const address = (next: Partial<LineQuery>) => localePath(locale, linesPath({ ...query, ...next }))
  const { lines, next, days } = found
  const isEmpty = lines.length === 0 && next === null && query.after === null
  const isPartly = next !== null && lines.at(-1)?.id !== next.id
  const size = formatCount(asOf.size, locale)
  return (
    <section aria-labelledby="ket-qua-tim">
      <h2 className="vh" id="ket-qua-tim">
        {t('result.label')}
      </h2>
      <p role="status">{isEmpty ? t('result.none') : <Totals locale={locale} found={found} />}</p>
      {isEmpty && (
        <p className="small near3">{t.rich('result.noneWay', { a: (text) => <a href={localePath(locale, '/tra-cuu')}>{text}</a> })}</p>
      )}
      <p className="small quiet near3">
        {asOf.at ? t('result.asOfAt', { size, at: formatMoment(asOf.at) }) : t('result.asOf', { size })}
        {'. '}
        <a href={address({ citedAt: asOf.size })}>{t('result.cite')}</a>
        {!isEmpty && (
          <>
            {' · '}
            {t.rich('result.download', {
              csv: (text) => <a href={localePath(locale, linesPath({ ...query, after: null, citedAt: null }, '/sao-ke.csv'))}>{text}</a>,
            })}
          </>
        )}
        {' · '}
        <a href={localePath(locale, FILES_PATH)}>{t('result.files')}</a>
      </p>
      {query.citedAt !== null && <Cited locale={locale} size={query.citedAt} since={found.since} />}
      {lines.length > 0 && <LinesTable locale={locale} lines={lines} days={days} citedAt={query.citedAt} />}
      {isPartly && <p className="small near3">{t('result.partly')}</p>}
      {(next !== null || query.after !== null) && (
        <nav className="pager" aria-label={t('result.label')}>
          {query.after !== null && <a href={address({ after: null })}>{t('result.first')}</a>}
          {next !== null && (
            <a href={address({ after: next })} rel="next">
              {!isPartly
                ? t('result.next')
                : query.sort === 'newest'
                  ? t('result.nextFrom', { day: formatDay(next.day) })
                  : t('result.goOn')}
            </a>
          )}
        </nav>
      )}
    </section>
  )
}

/** What is other than when the link was cited. */
function Cited({ locale, size, since }: { locale: Locale; size: bigint; since: LineTotals | null }) {
  const t = translator(locale, 'lines')
  const sums = since && { in: formatVnd(since.inVnd, locale), out: formatVnd(since.outVnd, locale) }
  return (
    <p className="small near3">
      {t('result.cited', { size: formatCount(size, locale) })}{' '}
      {!since || !sums
        ? t('result.sinceMany')
        : since.lines === 0
          ? t('result.sinceNone')
          : t('result.since', { lines: t('result.lines', { count: since.lines }), ...sums })}
    </p>
  )
}

function Totals({ locale, found: { totals } }: { locale: Locale; found: LinesView }) {
  const t = translator(locale, 'lines')
  if ('atLeast' in totals)
    return totals.atLeast === 0 ? t('result.some') : t('result.atLeast', { count: formatCount(rounded(totals.atLeast), locale) })
  return (
    <>
      {t('result.exact', {
        lines: t('result.lines', { count: totals.lines }),
        in: formatVnd(totals.inVnd, locale),
        out: formatVnd(totals.outVnd, locale),
      })}
      {totals.movedVnd > 0n && ` ${t('result.moved', { moved: formatVnd(totals.movedVnd, locale) })}`}
    </>
  )
}

/** Down to one figure that counts: 3,417 is "more than 3,000". */
const rounded = (count: number): number => {
  const unit = 10 ** Math.max(0, String(count).length - 1)
  return Math.floor(count / unit) * unit
}
