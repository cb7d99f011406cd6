import { Fragment } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { AsOf, LinesView } from '@/lib/public-lines/model'
import {
  FILES_PATH,
  linesPath,
  placesNamed,
  type LineOptions,
  type LineQuery,
  type PlaceOption,
  type ReadLines,
} from '@/lib/public-lines/schema'
import { formatDay, formatMoment } from '@/lib/time/day'
import { Cited } from './cited'
import { LinesTable } from './lines-table'

interface Props {
  locale: Locale
  read: ReadLines
  options: LineOptions
  found: LinesView
  asOf: AsOf
}

/** A stretch of the lines that were found, and what all of them come to. */
export function LinesResult({ locale, read: { query, filter }, options, found, asOf }: Props) {
  const t = translator(locale, 'lines')
  const address = (next: Partial<LineQuery>) => localePath(locale, linesPath({ ...query, ...next }))
  const { lines, next, days, closed, totals } = found
  const isEmpty = lines.length === 0 && next === null && query.after === null
  const isPartly = next !== null && lines.at(-1)?.id !== next.id
  const size = formatCount(asOf.size, locale)
  const cited = { size: found.size, sums: 'lines' in totals ? totals : null }
  const entry = filter?.entry ?? null
  // Of a name or a code, not of all that is a fee.
  const mayWait = query.class === null || query.typed !== ''
  const places = placesNamed(query, filter, options)
  return (
    <section aria-labelledby="ket-qua-tim">
      <h2 className="vh" id="ket-qua-tim">
        {t('result.label')}
      </h2>
      <p role="status">{isEmpty ? t('result.none') : <Totals locale={locale} found={found} />}</p>
      {found.isCut && <p className="small near3">{t('result.cut')}</p>}
      {places.length > 0 && <Places locale={locale} places={places} query={query} />}
      {isEmpty && (entry !== null || mayWait) && (
        <p className="small near3">
          {entry !== null
            ? t.rich('result.noneEntry', {
                id: String(entry),
                a: (text) => <a href={localePath(locale, `/minh-bach?muc=${entry}`)}>{text}</a>,
              })
            : t.rich('result.noneWay', { a: (text) => <a href={localePath(locale, '/tra-cuu')}>{text}</a> })}
        </p>
      )}
      {closed.map(({ account, day, closingVnd }) => (
        <p className="near3" key={account}>
          {t('result.closed', { account, day: formatDay(day), amount: formatVnd(closingVnd, locale) })}
        </p>
      ))}
      <p className="small quiet near3">
        {asOf.at ? t('result.asOfAt', { size, at: formatMoment(asOf.at) }) : t('result.asOf', { size })}
        {'. '}
        <a href={address({ cited })}>{t('result.cite')}</a>
        {!isEmpty && (
          <>
            {' · '}
            {t.rich('result.download', {
              csv: (text) => <a href={localePath(locale, linesPath({ ...query, after: null, cited: null }, '/sao-ke.csv'))}>{text}</a>,
            })}
          </>
        )}
        {' · '}
        <a href={localePath(locale, FILES_PATH)}>{t('result.files')}</a>
      </p>
      {query.cited && <Cited locale={locale} cited={query.cited} found={found} />}
      {lines.length > 0 && <LinesTable locale={locale} lines={lines} days={days} citedAt={query.cited?.size ?? null} />}
      {isPartly && <p className="small near3">{t('result.partly')}</p>}
      {(next !== null || query.after !== null) && (
        <nav className="pager no-print" aria-label={t('result.label')}>
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

/** Campaigns and communes of the name that was typed, each with all of its lines. */
function Places({ locale, places, query }: { locale: Locale; places: PlaceOption[]; query: LineQuery }) {
  const t = translator(locale, 'lines')
  const links = places.map((place, index) => (
    <Fragment key={place.value}>
      {index > 0 && '; '}
      <a href={localePath(locale, linesPath({ ...query, typed: '', place, after: null, cited: null }))}>{place.name}</a>
    </Fragment>
  ))
  return <p className="small near3">{t.rich('result.places', { places: () => links })}</p>
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
      {(totals.movedInVnd > 0n || totals.movedOutVnd > 0n) &&
        ` ${t('result.moved', { in: formatVnd(totals.movedInVnd, locale), out: formatVnd(totals.movedOutVnd, locale) })}`}
    </>
  )
}

/** Down to one figure that counts: 3,417 is "more than 3,000". */
const rounded = (count: number): number => {
  const unit = 10 ** Math.max(0, String(count).length - 1)
  return Math.floor(count / unit) * unit
}
