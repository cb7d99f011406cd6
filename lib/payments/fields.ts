import { z } from 'zod'
import { parseLocalMoment } from '../time/day'

// Fields that aggregators of bank lines have in common.

/** Text that may be missing. */
export const optionalText = z.union([z.string(), z.null()]).default(null)

/** The aggregator's own number of a line. */
export const lineId = z.union([z.int().positive().transform(String), z.string().regex(/^[\w-]{1,64}$/)])

export const accountNumber = z.string().min(1).max(64)

/** A date and time on Việt Nam's clock, "2023-03-25 14:02:37"; a line known by its day alone begins with that day. */
export const localMoment = z.string().transform((value, context) => {
  const moment = parseLocalMoment(value) ?? parseLocalMoment(`${value} 00:00`)
  if (!moment) context.addIssue({ code: 'custom', message: 'not a date' })
  return moment ?? new Date(0)
})

/** Đồng above or below zero, as a JSON number; never zero. */
export const signedVnd = z.int().refine((amount) => amount !== 0)

/** A balance in đồng that may be missing. */
export const optionalVnd = z.union([z.int(), z.null()]).default(null)
