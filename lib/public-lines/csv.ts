import type { Readable } from 'node:stream'
import type { Context } from '../context'
import { csvHead, csvRows, toCsv } from '../exports/csv'
import type { Cell, Heading } from '../exports/model'
import type { Locale } from '../i18n/locale'
import { translator } from '../i18n/translator'
import { isClass, NO_FILTER, type LineFilter, type LineSort, type LineView, type Standing } from './model'
import type { Day } from '../time/day'
import { readLines } from './queries'
import { searchLines, type Found } from './search'

/** Lines of one query, and as many in memory. */
const AT_ONCE = 1_000

/**
 * Lines that are asked for, as CSV, in batches: each is a query of its own that goes on after the last line of the one before,
 * so that nothing is held open for a slow reader. A name that is hidden meanwhile is in none of those that follow. Where lines are
 * left out (`isCutSearch`) the last row says so: whoever adds the others up sees it, and whatever reads CSV reads on.
 */
export const linesAsCsv = (context: Context, filter: LineFilter, { sort, locale }: { sort: LineSort; locale: Locale }): Readable =>
  toCsv(headings(locale), batches(context, filter, sort, locale))

/** How files of the statement begin: the names of columns, in Vietnamese. */
export const fileHead = (): Buffer => csvHead(headings('vi'))

/**
 * All lines of a day, oldest first, with the words of Vietnamese, as files have them below their head.
 * @returns the rows, as they are read; and how many there were, once all of them are
 */
export function linesOfDay(context: Context, day: Day): { rows: AsyncGenerator<Buffer>; counted: () => number } {
  let lines = 0
  async function* counting() {
    for await (const batch of batches(context, { ...NO_FILTER, from: day, to: day }, 'oldest', 'vi')) {
      lines += batch.length
      yield batch
    }
  }
  return { rows: csvRows(counting()), counted: () => lines }
}

async function* batches({ db }: Context, filter: LineFilter, sort: LineSort, locale: Locale): AsyncGenerator<Cell[][]> {
  let after: Standing | null = null
  do {
    const found: Found = await searchLines(db, filter, { sort, after, size: AT_ONCE, isCounted: false })
    const ids = found.standings.map(({ id }) => id)
    const lines = await readLines(db, ids, locale)
    if (lines.length > 0) yield lines.map((line) => cellsOf(line, locale))
    after = found.next
    if (after === null && found.isCut) yield [leftOut(locale)]
  } while (after !== null)
}

/** A row that says that others are missing. */
const leftOut = (locale: Locale): Cell[] => COLUMNS.map((_, index) => (index === 0 ? translator(locale, 'lines')('csv.leftOut') : null))

const COLUMNS = [
  ...(['entry', 'day', 'fund', 'account', 'direction', 'amount', 'class', 'name', 'message', 'code'] as const),
  ...(['campaign', 'commune', 'spend', 'supplier', 'stated'] as const),
] as const

function headings(locale: Locale): Heading[] {
  const t = translator(locale, 'lines')
  return COLUMNS.map((key) => ({
    text: t(`csv.${key}`),
    kind: key === 'entry' || key === 'amount' ? ('number' as const) : ('text' as const),
  }))
}

function cellsOf(line: LineView, locale: Locale): Cell[] {
  const t = translator(locale, 'lines')
  const {
    id,
    day,
    fund,
    account,
    channel,
    direction,
    amountVnd,
    class: is,
    name,
    message,
    isErased,
    code,
    campaign,
    spend,
    isStated,
  } = line
  return [
    ...[id, day, fund, channel === 'bank' ? account : t(`table.by.${channel}`), t(`csv.directions.${direction}`), amountVnd],
    ...[
      isClass(is) ? t(`classes.${is}`) : is,
      name ?? (isErased ? t('csv.erased') : null),
      message,
      code,
      campaign?.title ?? null,
      campaign?.commune ?? null,
    ],
    ...[spend?.title ?? null, spend?.supplier ?? null, t(`csv.${isStated === null ? 'notByBank' : isStated ? 'yes' : 'no'}`)],
  ]
}
