import { dayOf, startOfDay, type Day } from '../time/day'
import { type Cell, textOf } from './model'

/** What stands in a column of dates. */
export interface BankDate {
  day: Day
  /** Null where only the day is told. */
  at: Date | null
  /** What follows in the same cell: some banks write a reference there. */
  rest: string
}

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp][Mm])?(?=$|\s)`
/** "23/11/2026", "23-11-26", "2026-11-23", each with a time after it or before it. Days come before months. */
const DATE = /^(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{4})[/.-](\d{1,2})[/.-](\d{1,2}))(?=$|[\sT])/
const TIME_BEFORE = new RegExp(`^${CLOCK}\\s*`)
const TIME_AFTER = new RegExp(`^[\\sT]\\s*${CLOCK}`)

/**
 * Reads the date of a line. A day is never guessed: where the second number is no month, it is no date.
 * @returns null where the cell has no date
 */
export function readDate(cell: Cell | undefined): BankDate | null {
  if (!cell || cell.kind === 'formula' || cell.kind === 'number') return null
  if (cell.kind === 'date') return { day: cell.day, at: cell.time === null ? null : momentOf(cell.day, cell.time), rest: '' }
  const text = textOf(cell).trim()
  const before = TIME_BEFORE.exec(text)
  const fromDate = text.slice(before?.[0].length ?? 0)
  const found = DATE.exec(fromDate)
  if (!found) return null
  const [whole, day, month, year, isoYear, isoMonth, isoDay] = found
  const on = dayFrom(isoYear ?? (year?.length === 2 ? `20${year}` : year), isoMonth ?? month, isoDay ?? day)
  if (on === null) return null
  const after = fromDate.slice(whole.length)
  const time = before ?? TIME_AFTER.exec(after)
  const clock = time && clockOf(time)
  const rest = before || !clock ? after : after.slice(time[0].length)
  return { day: on, at: clock ? momentOf(on, clock) : null, rest: rest.trim() }
}

function dayFrom(year = '', month = '', day = ''): Day | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  return isReal && text >= '2000-01-01' && text < '2100-01-01' ? text : null
}

function clockOf([, hours = '', minutes = '', seconds = '00', half]: RegExpExecArray): string | null {
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours)
  return hour < 24 && Number(minutes) < 60 && Number(seconds) < 60 ? `${String(hour).padStart(2, '0')}:${minutes}:${seconds}` : null
}

const momentOf = (day: Day, clock: string): Date => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  const moment = new Date(startOfDay(day).getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1_000)
  if (dayOf(moment) !== day) throw new Error('a clock has 24 hours')
  return moment
}
