import { z } from 'zod'

const id = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .transform(BigInt)

/** What is said of a notice; which line it is, where it is one that is known. */
export const noticeSaying = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('told'), lineId: id }),
  z.object({ kind: z.enum(['no_money', 'not_ours', 'wait']) }),
])
/** What is said of a change of the balance at Stripe. */
export const movementSaying = z.object({ kind: z.enum(['fee', 'no_change', 'wait']) })
/** What is said of a line of an account that is not ours, in the words of decisions on lines (lib/bank/schema). */
export const lineSaying = z.object({ kind: z.enum(['ours', 'not_ours', 'keep_unplaced']) })

export type Saying = z.output<typeof noticeSaying> | z.output<typeof movementSaying>
