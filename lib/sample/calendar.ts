import { addDays, daysBetween, startOfDay, type Day } from '../time/day'
import type { Chance } from './chance'

const HOUR_MS = 3_600_000

/** First day of Tết. Years beyond the list take the middle of February. */
const TET: Record<number, Day> = {
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
}

/** Days on which cold air comes, in any year, as month and day: people give when they feel it themselves. */
const COLD_SNAPS = ['11-27', '12-12', '12-19', '01-08', '01-22', '02-27']

const yearOf = (day: Day): number => Number(day.slice(0, 4))
const monthDay = (day: Day): string => day.slice(5)

/** 0 is Sunday. */
const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** First calendar year of the school year that a day falls in; it turns in July, when needs are reported. */
export const schoolYearOf = (day: Day): number => (Number(day.slice(5, 7)) >= 7 ? yearOf(day) : yearOf(day) - 1)

/** How likely people give on a day, beside an ordinary one. */
function givingWeight(day: Day, opensOn: Day): number {
  let weight = weekday(day) === 0 || weekday(day) === 6 ? 1.7 : 1
  const toTet = daysBetween(day, TET[yearOf(day)] ?? `${yearOf(day)}-02-12`)
  if (toTet > 0 && toTet <= 14) weight *= 2.2
  if (toTet <= 0 && toTet > -6) weight *= 0.3
  if (COLD_SNAPS.some((start) => monthDay(day) >= start && monthDay(day) <= monthDay(addDays(`${yearOf(day)}-${start}`, 3)))) weight *= 2.4
  if (monthDay(day) >= '08-24' && monthDay(day) <= '09-10') weight *= 2
  // A call is heard most in its first days, and again after a while when people tell each other.
  const age = daysBetween(opensOn, day)
  return weight * (0.5 + 2.5 * Math.exp(-age / 6) + 0.6 * Math.exp(-((age - 30) ** 2) / 60))
}

const HOURS: [number, number][] = [
  [0, 1],
  [6, 2],
  [7, 3],
  [8, 5],
  [9, 6],
  [10, 6],
  [11, 7],
  [12, 8],
  [13, 5],
  [14, 5],
  [15, 5],
  [16, 5],
  [17, 6],
  [18, 7],
  [19, 11],
  [20, 14],
  [21, 14],
  [22, 8],
  [23, 3],
]

/** A moment of a day at which people have their phone at hand. */
export const momentOf = (day: Day, luck: Chance): Date =>
  new Date(startOfDay(day).getTime() + luck.weighted(HOURS) * HOUR_MS + luck.int(0, HOUR_MS / 1000 - 1) * 1000)

/** A moment between nine and five on a day: when an office works. */
export const officeMoment = (day: Day, luck: Chance): Date => new Date(startOfDay(day).getTime() + luck.int(9 * 3600, 17 * 3600) * 1000)

/** Days from one to another, both included, each with its weight. */
export function weightedDays(from: Day, to: Day, opensOn: Day): [Day, number][] {
  const days: [Day, number][] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push([day, givingWeight(day, opensOn)])
  return days
}
