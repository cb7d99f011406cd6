import { createHmac, timingSafeEqual } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { and, count, eq, gt, max } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, Transaction } from '../../db/client'
import { cardSessions, pledges } from '../../db/schema'
import { riskKey, type CardContext } from './keys'
import type { OpenRefusal } from './model'

/**
 * Work that a browser does before a card page opens: keys of so many rounds are tried in turn until one fits, at most
 * so many and half of them on average. A slow phone needs a few seconds for it, a fast one a fraction of one.
 */
const ALGORITHM = 'PBKDF2/SHA-256'
const ROUNDS = 10_000
export const MOST_KEYS = 400

/** A solution is good for as long as somebody may be away from a page that has just been solved. */
const WORK_SECONDS = 600
/** A ticket is good after a minute, for ten. */
const WAIT_SECONDS = 60
const WAITED_SECONDS = 600
/** An address from which so many pages were opened, in as long as a ticket lives, opens no more by waiting. */
const MOST_WAITS = 3
const LONGEST_TOKEN = 4_096

/** What a clearance is for: one page of one gift. Once that page is there, its number is another. */
export interface Subject {
  code: string
  fundId: number
  /** Number of the page to be opened, from 1. */
  attempt: number
  /** Who asks; null where nothing is limited. */
  visitor: string | null
}

/** Why a page does not open although something was shown for it. */
export type ClearanceRefusal = Extract<OpenRefusal, 'too_early' | 'out_of_date' | 'too_many_waits'>

/** What is shown to be done before a page opens: work, or, without JavaScript, a wait. */
export interface ClearanceOffer {
  /** A challenge of altcha, as JSON. */
  challenge: string
  ticket: string
  /** Until the ticket is good; 0 where it is. */
  waitSeconds: number
}

/**
 * Offers work and a wait for the next page of a gift.
 * @param held a ticket that the visitor has already; it goes on where it still serves
 * @returns null where no pledge has the code
 */
export async function offerClearance(
  context: CardContext,
  { code, visitor, held }: { code: string; visitor: string | null; held: string | null },
): Promise<(ClearanceOffer & { fundId: number }) | null> {
  const subject = await subjectOf(context, code, visitor)
  if (!subject) return null
  const nowSeconds = secondsOf(context)
  const [high = 0, low = 0] = context.random(2)
  const challenge = await createChallenge({
    algorithm: ALGORITHM,
    cost: ROUNDS,
    counter: (high * 256 + low) % MOST_KEYS,
    deriveKey,
    data: { code, fund: subject.fundId, attempt: subject.attempt, until: nowSeconds + WORK_SECONDS },
    ...workSecrets(context),
  })
  const old = held === null ? null : readTicket(context, held)
  const isGood = held !== null && old !== null && isOf(old, subject) && nowSeconds < old.at + WAIT_SECONDS + WAITED_SECONDS
  const at = isGood ? old.at : nowSeconds
  return {
    challenge: JSON.stringify(challenge),
    ticket: isGood ? held : signTicket(context, { ...subject, at: nowSeconds }),
    waitSeconds: Math.max(0, at + WAIT_SECONDS - nowSeconds),
    fundId: subject.fundId,
  }
}

/** The next page of a gift; null where no pledge has the code. */
async function subjectOf({ db }: CardContext, code: string, visitor: string | null): Promise<Subject | null> {
  const [row] = await db
    .select({ fundId: pledges.fundId, last: max(cardSessions.attempt) })
    .from(pledges)
    .leftJoin(cardSessions, eq(cardSessions.pledgeId, pledges.id))
    .where(eq(pledges.code, code))
    .groupBy(pledges.id)
  return row ? { code, fundId: row.fundId, attempt: (row.last ?? 0) + 1, visitor } : null
}

/**
 * Whether a solution or a ticket opens a page. Nothing is written: that the page is there afterwards is what uses it
 * up, in every process at once.
 * @param token as the form brought it
 * @returns null where it does
 */
export async function refusalOf(
  db: Database | Transaction,
  context: CardContext,
  subject: Subject,
  token: string,
): Promise<ClearanceRefusal | null> {
  if (token.length > LONGEST_TOKEN) return 'out_of_date'
  const ticket = readTicket(context, token)
  if (!ticket) return (await isSolution(context, subject, token)) ? null : 'out_of_date'
  const waited = secondsOf(context) - ticket.at
  if (!isOf(ticket, subject) || waited >= WAIT_SECONDS + WAITED_SECONDS) return 'out_of_date'
  if (waited < WAIT_SECONDS) return 'too_early'
  if (subject.visitor === null) return null
  const since = new Date(context.now().getTime() - WAITED_SECONDS * 1_000)
  const [opened] = await db
    .select({ count: count() })
    .from(cardSessions)
    .where(and(eq(cardSessions.visitor, subject.visitor), gt(cardSessions.createdAt, since)))
  return (opened?.count ?? 0) < MOST_WAITS ? null : 'too_many_waits'
}

const hex = z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/)
const solution = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal(ALGORITHM),
      nonce: hex,
      salt: hex,
      cost: z.literal(ROUNDS),
      keyLength: z.literal(32),
      keyPrefix: hex,
      keySignature: hex,
      data: z.object({ code: z.string().max(20), fund: z.int(), attempt: z.int(), until: z.int() }),
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.int().min(0).max(MOST_KEYS), derivedKey: hex }),
})

async function isSolution(context: CardContext, { code, fundId, attempt }: Subject, token: string): Promise<boolean> {
  const parsed = solution.safeParse(jsonOf(token))
  if (!parsed.success) return false
  const { data } = parsed.data.challenge.parameters
  if (data.code !== code || data.fund !== fundId || data.attempt !== attempt || data.until <= secondsOf(context)) return false
  return (await verifySolution({ ...parsed.data, deriveKey, ...workSecrets(context) })).verified
}

const workSecrets = (context: CardContext) => ({
  hmacSignatureSecret: riskKey(context, 'work').toString('hex'),
  hmacKeySignatureSecret: riskKey(context, 'work-key').toString('hex'),
})

const ticketShape = z.object({
  code: z.string(),
  fundId: z.int(),
  attempt: z.int(),
  visitor: z.string().nullable(),
  at: z.int(),
})
type Ticket = z.output<typeof ticketShape>

const TICKET = /^w1\.([\w-]{1,1000})\.([\w-]{43})$/

const sign = (context: CardContext, text: string): Buffer => createHmac('sha256', riskKey(context, 'ticket')).update(text).digest()

function signTicket(context: CardContext, ticket: Ticket): string {
  const text = Buffer.from(JSON.stringify(ticket)).toString('base64url')
  return `w1.${text}.${sign(context, text).toString('base64url')}`
}

/** A ticket that this installation signed; null for any other text. */
function readTicket(context: CardContext, token: string): Ticket | null {
  const [, text, mac] = TICKET.exec(token) ?? []
  if (text === undefined || mac === undefined || !timingSafeEqual(sign(context, text), Buffer.from(mac, 'base64url'))) return null
  return ticketShape.parse(jsonOf(text))
}

const isOf = (ticket: Ticket, { code, fundId, attempt, visitor }: Subject): boolean =>
  ticket.code === code && ticket.fundId === fundId && ticket.attempt === attempt && ticket.visitor === visitor

function jsonOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
  } catch {
    return null
  }
}

const secondsOf = (context: CardContext): number => Math.floor(context.now().getTime() / 1_000)
