import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { insertRows } from '../../db/rows'
import { disclosures, loadSteps, pledgeContacts, pledges } from '../../db/schema'
import { together } from '../../db/together'
import { bookNotices } from '../bank/book'
import { lineKey } from '../bank/identify'
import { arrive, type ArrivedNotice } from '../bank/told'
import { commit } from '../events/commitment'
import { createPaymentCode } from '../pledges/codes'
import { hashSecret, idempotencyKeyOf, secretOf } from '../pledges/secret'
import { reviewMessage, reviewName } from '../pledges/text-rules'
import { ROUND_SUMS } from '../sample/amounts'
import { chance } from '../sample/chance'
import type { SampleCategory } from '../sample/model'
import { looseMemo, message, organisation, person } from '../sample/people'

/** Gifts that are booked side by side, in two transactions: enough that a batch costs little, few enough that it ends soon. */
const AT_ONCE = 1_000
/** Pledges are shown for seven days. */
const SHOWN_MS = 7 * 86_400_000
/** Payment codes there are, and a stride through all of them: it has no divisor in common with their number. */
const CODES = 31 ** 6
const STRIDE = 548_631_017

/** A campaign that gifts come to, with the account of its fund. */
export interface Target {
  campaignId: number
  category: SampleCategory
  fundId: number
  receivingAccountId: number
  accountNumber: string
}

export interface GiftPlan {
  /** Names the history: the same seed gives the same gifts. */
  seed: string
  targets: readonly Target[]
  donations: number
  /** How likely a person wants to be named. */
  namedShare: number
  /** Between these they come, evenly. */
  from: Date
  to: Date
}

type Pledge = typeof pledges.$inferInsert
interface Gift {
  pledge: Pledge | null
  texts: Omit<typeof disclosures.$inferInsert, 'pledgeId'>[]
  contact: Omit<typeof pledgeContacts.$inferInsert, 'pledgeId'> | null
  notice: ArrivedNotice
}

/**
 * Books as many gifts as a plan says through the tables, rules and guards that gifts of every day go through, hundreds in
 * a transaction. A run that was cut off goes on where it was; the same plan again changes nothing.
 * @param onBooked hears how many are booked, and is waited for
 */
export async function generateGifts(db: Database, plan: GiftPlan, onBooked: (booked: number) => Promise<void>): Promise<void> {
  const done = new Set((await db.select({ name: loadSteps.name }).from(loadSteps)).map(({ name }) => name))
  // The next gifts are made while the database books those before.
  let underWay = Promise.resolve()
  for (let from = 0; from < plan.donations; from += AT_ONCE) {
    const until = Math.min(from + AT_ONCE, plan.donations)
    const steps = [0, 1].map((half) => `generate/${plan.seed}/${plan.donations}/${from}/${half}`)
    const halves = steps.every((step) => done.has(step)) ? [] : apart(giftsOf(plan, from, until))
    await underWay
    underWay = bookSideBySide(db, halves, steps, { done, at: plan.to }).then(() => onBooked(until))
  }
  await underWay
}

const giftsOf = (plan: GiftPlan, from: number, until: number): Gift[] =>
  Array.from({ length: until - from }, (_, index) => giftOf(plan, from + index))

/** Two halves of gifts, about as large, of which neither waits for the other: those that could be the same line are together. */
function apart(gifts: readonly Gift[]): [Gift[], Gift[]] {
  const halves: [Gift[], Gift[]] = [[], []]
  const groups = [...Map.groupBy(gifts, ({ notice }) => lineKey(notice)).values()]
  for (const group of groups.sort((a, b) => b.length - a.length)) halves[halves[0].length <= halves[1].length ? 0 : 1].push(...group)
  return halves
}

async function bookSideBySide(
  db: Database,
  halves: readonly Gift[][],
  steps: readonly string[],
  { done, at }: { done: ReadonlySet<string>; at: Date },
): Promise<void> {
  await together(
    halves.map(async (gifts, half) => {
      const step = steps[half] ?? ''
      if (done.has(step)) return
      await db.transaction(async (tx) => {
        await pledge(tx, gifts)
        await bookNotices(
          tx,
          gifts.map(({ notice }) => notice),
        )
        await tx.insert(loadSteps).values({ name: step, finishedAt: at })
      })
    }),
  )
}

/** One gift of a plan: who gives what to which campaign, and what the bank tells of it. */
function giftOf({ seed, targets, donations, namedShare, from, to }: GiftPlan, index: number): Gift {
  const luck = chance(seed, `gift/${index}`)
  // Few campaigns draw most gifts.
  const target = targets[Math.floor(luck.unit() ** 3 * targets.length)]
  if (!target) throw new RangeError('a plan needs a campaign')
  const at = new Date(from.getTime() + Math.floor(((to.getTime() - from.getTime()) * index) / donations))
  const isCompany = luck.is(0.02)
  const donor = isCompany ? organisation(luck) : person(luck, namedShare)
  const amountVnd = luck.weighted(ROUND_SUMS) * (isCompany ? 20n : 1n)
  const isKnown = luck.is(0.96)
  const code = codeOf(seed, index)
  const pledged = new Date(at.getTime() - luck.int(25, 900) * 1_000)
  const texts = { name: donor.name, message: message(target.category, donor.locale, luck) }
  const secret = secretOf(`${seed}/${index}`)
  const notice = arrive(
    {
      ...{
        provider: 'sepay',
        providerEventId: `generated/${seed}/${index}`,
        accountNumber: target.accountNumber,
        direction: 'in',
        amountVnd,
      },
      ...{ reference: `GEN${seed.toUpperCase()}${index}`, transactedAt: at, runningBalanceVnd: null, body: {} },
      memo: `${isKnown ? code : looseMemo(luck)} ${donor.bankName}`,
    },
    new Date(at.getTime() + 2_000),
  )
  if (!isKnown) return { pledge: null, texts: [], contact: null, notice }
  return {
    pledge: {
      ...{ code, fundId: target.fundId, campaignId: target.campaignId, receivingAccountId: target.receivingAccountId },
      ...{ method: 'bank_transfer', amountVnd, donorKind: donor.kind, isNamed: donor.isNamed, isPictured: false, locale: donor.locale },
      ...{ state: 'open', idempotencyKey: idempotencyKeyOf(`${seed}/${index}`), secretHash: hashSecret(secret) },
      ...{ createdAt: pledged, expiresAt: new Date(pledged.getTime() + SHOWN_MS) },
    },
    texts: [
      ...(texts.name === '' ? [] : [{ field: 'name' as const, review: reviewName(texts.name, donor.kind), text: texts.name }]),
      ...(texts.message === '' ? [] : [{ field: 'message' as const, review: reviewMessage(texts.message), text: texts.message }]),
    ].map((row) => {
      const salt = luck.bytes(32)
      return { ...row, salt, commitment: commit(row.field, salt, row.text) }
    }),
    contact: donor.email === null && donor.taxCode === null ? null : { email: donor.email, taxCode: donor.taxCode },
    notice,
  }
}

/** A payment code for each gift of a history, no two alike. */
function codeOf(seed: string, index: number): string {
  const start = chance(seed, 'codes').int(0, CODES - 1)
  let rest = Number((BigInt(start) + BigInt(index) * BigInt(STRIDE)) % BigInt(CODES))
  return createPaymentCode((size) =>
    Uint8Array.from({ length: size }, () => {
      const symbol = rest % 31
      rest = Math.floor(rest / 31)
      return symbol
    }),
  )
}

/** Writes the pledges of gifts and what their donors chose to say. A code that is another's already stays theirs. */
async function pledge(tx: Transaction, gifts: readonly Gift[]): Promise<void> {
  const known = gifts.flatMap(({ pledge: row, ...gift }) => (row ? [{ row, ...gift }] : []))
  const rows = known.map(({ row }) => row)
  const written = tx
    .$with('written', { id: pledges.id, code: pledges.code })
    .as(sql`${insertRows(pledges, rows)} on conflict (code) do nothing returning id, code`)
  const ids = new Map(
    (await tx.with(written).select().from(written).prepare('generate pledges').execute()).map(({ id, code }) => [code, id]),
  )
  const made = known.flatMap(({ row, ...gift }) => {
    const pledgeId = ids.get(row.code)
    return pledgeId === undefined ? [] : [{ pledgeId, ...gift }]
  })
  const texts = made.flatMap((gift) => gift.texts.map((text) => ({ ...text, pledgeId: gift.pledgeId })))
  const contacts = made.flatMap(({ pledgeId, contact }) => (contact ? [{ ...contact, pledgeId }] : []))
  const said = tx.$with('written', { pledgeId: disclosures.pledgeId }).as(sql`${insertRows(disclosures, texts)} returning pledge_id`)
  await tx.with(said).select().from(said).prepare('generate texts').execute()
  const reached = tx
    .$with('written', { pledgeId: pledgeContacts.pledgeId })
    .as(sql`${insertRows(pledgeContacts, contacts)} returning pledge_id`)
  await tx.with(reached).select().from(reached).prepare('generate contacts').execute()
}
