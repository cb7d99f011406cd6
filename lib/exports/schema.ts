import { z } from 'zod'
import { isDay } from '../time/day'
import { FORMATS } from './model'

const day = z
  .string()
  .trim()
  .default('')
  .refine((text) => text === '' || isDay(text))
  .transform((text) => (text === '' ? null : text))

/** What every form of an export says: as what, and from which day to which. */
export const exportSchema = z.object({ dang: z.enum(FORMATS), tu: day, den: day })
