/** A day of Việt Nam's calendar, "2026-11-23". */
export type Day = string

/** The zone has had no daylight saving since 1975; the site speaks of no earlier day. */
const ZONE = 'Asia/Ho_Chi_Minh'
const OFFSET = '+07:00'
/** Added by hand, for days are asked for by the thousand, and a formatter takes ten times as long. */
const OFFSET_MS = 7 * 3_600_000

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** The day in Việt Nam at a moment. */
export const dayOf = (moment: Date): Day => new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10)

/** The moment a day begins in Việt Nam. */
export const startOfDay = (day: Day): Date => new Date(`${day}T00:00:00${OFFSET}`)

/** A day some days later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** Whether a text is a day that the calendar has, as `YYYY-MM-DD`. */
export const isDay = (day: string): boolean => {
  const moment = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
}

/** The first and the last day of a year, a month or a day: "2026", "2026-11", "2026-11-20". Of none such, the first is no day. */
export const periodDays = (period: string): { from: Day; to: Day } => ({
  from: `${period}-01-01`.slice(0, 10),
  to: period.length === 10 ? period : period.length === 7 ? lastOfMonth(period) : `${period}-12-31`,
})

function lastOfMonth(month: string): Day {
  const next = new Date(`${month}-01T00:00:00Z`)
  if (Number.isNaN(next.getTime())) return month
  next.setUTCMonth(next.getUTCMonth() + 1, 0)
  return next.toISOString().slice(0, 10)
}

/** "23/11/2026", in both languages. */
export const formatDay = (day: Day): string => day.split('-').reverse().join('/')

/** "20:14, 23/11/2026": a moment on Việt Nam's clock. */
export const formatMoment = (moment: Date): string => `${clock.format(moment)}, ${formatDay(dayOf(moment))}`

/** "2023-03-25 14:02:37": a moment on Việt Nam's clock, as banks write it. */
export const formatBankMoment = (moment: Date): string =>
  new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')

/**
 * Reads a bank's local date and time, "2023-03-25 14:02:37", as Việt Nam's.
 * @returns null where it is no such date
 */
export function parseLocalMoment(text: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)$/.exec(text.trim())
  if (!match) return null
  const [, day = '', time = ''] = match
  const moment = new Date(`${day}T${time.length === 5 ? `${time}:00` : time}${OFFSET}`)
  return Number.isNaN(moment.getTime()) || dayOf(moment) !== day ? null : moment
}
