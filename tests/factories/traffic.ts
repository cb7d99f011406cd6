import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { DatabaseHandle } from '../../db/client'
import {
  administrativeUnits,
  bankDecisions,
  bankNotices,
  bankTransactions,
  campaigns,
  events,
  intervals,
  lines,
  receivingAccounts,
} from '../../db/schema'
import { closeDay } from '../../lib/bank/close'
import { receiveBankNotice } from '../../lib/bank/commands'
import { listAccountDays } from '../../lib/bank/days'
import { decideLine } from '../../lib/bank/decide'
import type { BankNotice } from '../../lib/bank/model'
import type { Decision } from '../../lib/bank/schema'
import { undoDecision } from '../../lib/bank/undo'
import { approveRefund, requestRefund } from '../../lib/cards/refunds'
import type { Context } from '../../lib/context'
import { recordDelivery } from '../../lib/delivery/commands'
import { eraseDonor } from '../../lib/donors/erase'
import type { EventKind } from '../../lib/events/model'
import { fundLine } from '../../lib/ledger/books'
import { setNameShown } from '../../lib/pledges/name-shown'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { moveBetweenLines } from '../../lib/spending/move'
import { paySpend } from '../../lib/spending/pay'
import { addDays, dayOf } from '../../lib/time/day'
import { testContext } from '../setup/context'
import { seen } from './desk'
import { bankNotice, makeGoods, makePledge, receiveGoods } from './giving'
import { waitingEvents } from './public-log'
import { ACCOUNTS, makeCampaign, makeFunds } from './site'

const SLUG = 'ao-am'
/** Facts that only stand in the log: some hundred rounds of them fill tiles of tiles. */
const MANY = 200
const PAUSE_MS = 60

/** What traffic must have told of before a soak says anything. */
export const TOLD: EventKind[] = [
  ...(['donation', 'donation_reversed', 'goods_received', 'name_hidden', 'name_shown', 'erasure', 'refund_requested', 'refund'] as const),
  ...(['spend_approved', 'spend_paid', 'delivery', 'transfer_in', 'transfer_out', 'line_classified', 'day_closed'] as const),
]

/**
 * Whether an error, as it is told, is that a busy machine took too long: what was wanted did not happen, and may be wanted again.
 * PostgreSQL ends the connection of a process that stood still within a transaction for 15 seconds.
 */
export const isTimeout = (told: string): boolean =>
  /timeout|\b(?:55P03|57014|25P03|EPIPE|ECONNRESET)\b|Connection terminated|connection error/.test(told)

/** Lets such an error pass, and no other. */
export function exceptTimeout(error: unknown): void {
  if (!isTimeout(inspect(error, { depth: 5 }))) throw error
}

/** A site as time goes by, and chance that no other process has. */
export const livingContext = (handle: DatabaseHandle): Context => ({
  ...testContext(handle),
  now: () => new Date(),
  random: (size) => new Uint8Array(randomBytes(size)),
})

/** What traffic needs to be there. */
export async function prepareTraffic(context: Context): Promise<void> {
  await makeFunds(context)
  await makeCampaign(context, { slug: SLUG, goalVnd: 10n ** 12n, neededBy: '2099-12-31' })
}

/** A line of the bank that no other process tells of. @returns its id */
async function told(context: Context, notice: Partial<BankNotice>): Promise<bigint> {
  const name = randomUUID()
  await receiveBankNotice(context, bankNotice({ providerEventId: name, reference: name, ...notice }))
  const [kept] = await context.db
    .select({ lineId: bankNotices.bankTransactionId })
    .from(bankNotices)
    .where(eq(bankNotices.providerEventId, name))
  if (!kept?.lineId) throw new Error('a line of the bank was not kept')
  return kept.lineId
}

/** Says what a line is; where that can't be yet, it waits for the next who looks. */
async function say(context: Context, lineId: bigint, decision: Decision): Promise<void> {
  await decideLine(context, { lineId, decision, seen: await seen(context, lineId), reason: 'thử', by: 'ke-toan', key: randomUUID() })
}

const oneOf = <T>(all: readonly T[]): T | undefined => (all.length === 0 ? undefined : all[randomInt(all.length)])

async function accountOf({ db }: Context, fund: keyof typeof ACCOUNTS) {
  const [account] = await db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, ACCOUNTS[fund]))
  if (!account) throw new Error(`no account of ${fund}`)
  return account
}

/** Lines of an account that nobody said anything of yet. */
const waitingLines = ({ db }: Context, accountId: number, state: 'unplaced' | 'outgoing') =>
  db
    .select({ id: bankTransactions.id })
    .from(bankTransactions)
    .where(and(eq(bankTransactions.receivingAccountId, accountId), eq(bankTransactions.state, state)))
    .orderBy(bankTransactions.id)
    .limit(20)

/** Gifts whose donors can still say something. */
type Gifts = { code: string; secret: string }[]

const STORIES: ((context: Context, gifts: Gifts) => Promise<unknown>)[] = [
  async function manyFacts(context) {
    await context.db.insert(events).values(waitingEvents(MANY, randomUUID()))
  },
  async function gifts(context, gifts) {
    for (const isNamed of [true, false, true]) {
      const donor = { name: oneOf(['Nguyễn Văn An', 'Trần Thị Bình', 'Lê Thị Chi']) ?? '', email: `tang-${randomInt(9)}@example.vn` }
      const made = await makePledge(context, SLUG, { ...donor, isNamed, message: 'Chúc các em ấm' })
      await told(context, { memo: made.code })
      gifts.push(made)
    }
  },
  async function nameHiddenOrShown(context, gifts) {
    const gift = oneOf(gifts)
    if (gift) for (const isShown of [false, true, false]) await setNameShown(context, { ...gift, isShown })
  },
  async function giftWithoutCode(context) {
    await told(context, { memo: 'ung ho', amountVnd: 50_000n })
  },
  async function spend(context) {
    const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 1, amountVnd: 20_000n }
    const texts = { titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', dueOn: '2099-12-31' }
    const asked = await requestSpend(context, { ...texts, campaignSlug: SLUG, by: 'an', key: randomUUID(), items: [item] })
    if (!asked.ok) return
    const { spendId } = asked.value
    await approveSpend(context, { spendId, by: 'binh' })
    const today = dayOf(context.now())
    await paySpend(context, { spendId, amountVnd: item.amountVnd, paidOn: today, key: 'paid' })
    const [commune] = await context.db.select({ slug: administrativeUnits.slug }).from(administrativeUnits).limit(1)
    const where = { communeSlug: commune?.slug ?? '', placeVi: 'Điểm trường', placeEn: 'School', noteVi: '', noteEn: '' }
    const what = { spendId, items: [{ position: 0, units: 1 }], deliveredOn: today, children: 5 }
    await recordDelivery(context, { ...what, ...where, by: 'an', key: randomUUID() })
  },
  async function linesExplained(context) {
    const { id } = await accountOf(context, 'ha-noi')
    await told(context, { direction: 'out', amountVnd: 1_100n, memo: 'PHI DICH VU' })
    for (const [state, kind] of [['unplaced', 'general'] as const, ['outgoing', 'fee'] as const]) {
      const line = oneOf(await waitingLines(context, id, state))
      if (line) await say(context, line.id, { kind })
    }
  },
  async function explanationTakenBack(context) {
    const recent = await context.db
      .select({ id: bankDecisions.id })
      .from(bankDecisions)
      .where(and(isNull(bankDecisions.undoneAt), eq(bankDecisions.kind, 'general')))
      .orderBy(desc(bankDecisions.id))
      .limit(10)
    const decision = oneOf(recent)
    if (decision) await undoDecision(context, { decisionId: decision.id, reason: 'nhầm', by: 'ke-toan' })
  },
  async function refund(context) {
    const laid = context.db.select({ donationId: intervals.donationId }).from(intervals).orderBy(desc(intervals.eventId)).limit(30)
    const gift = oneOf(await laid)
    const wish = gift && {
      donationId: gift.donationId,
      amountMinor: 1_000n,
      reason: 'requested_by_donor' as const,
      by: 'an',
      key: randomUUID(),
    }
    const asked = wish && (await requestRefund(context, wish))
    if (!asked?.ok) return
    const { refundId } = asked.value
    await approveRefund(context, { refundId, by: 'binh' })
    await say(context, await told(context, { direction: 'out', amountVnd: 1_000n }), { kind: 'refund_paid', refundId })
  },
  async function moneyMoved(context) {
    const [campaign] = await context.db
      .select({ fundId: lines.fundId, lineId: lines.id })
      .from(campaigns)
      .innerJoin(lines, eq(lines.id, campaigns.lineId))
    if (!campaign) return
    const toLineId = await fundLine(context.db, campaign.fundId, 'general')
    const why = { reasonVi: 'Thử', reasonEn: 'Test', key: randomUUID() }
    await moveBetweenLines(context, { fromLineId: campaign.lineId, toLineId, amountVnd: 1_000n, ...why })
  },
  async function goods(context) {
    const units = 1n
    const { code } = await makeGoods(context, SLUG, { items: [{ position: 0, units }] })
    await receiveGoods(context, code, { lines: [{ position: 0, units, condition: 'new', statedValueVnd: null }] })
  },
  async function erasure(context, gifts) {
    const [gift] = gifts.splice(0, 1)
    if (gift) await eraseDonor(context, { code: gift.code })
  },
  /** The other fund's bank takes a fee a day, and each day is closed. */
  async function closedDay(context) {
    const { id, fundId } = await accountOf(context, 'ninh-thuan')
    await told(context, { accountNumber: ACCOUNTS['ninh-thuan'], direction: 'out', amountVnd: 1_100n, memo: 'PHI' })
    for (const line of await waitingLines(context, id, 'outgoing')) await say(context, line.id, { kind: 'fee' })
    const [before] = await listAccountDays(context, fundId)
    await context.db
      .update(bankTransactions)
      .set({ postedOn: addDays(before?.closedUntil ?? '2026-11-01', 1) })
      .where(and(eq(bankTransactions.receivingAccountId, id), isNull(bankTransactions.postedOn)))
    const [account] = await listAccountDays(context, fundId)
    if (!account?.next) return
    const openingVnd = account.next.openingVnd ?? 10_000_000_000n
    const closingVnd = openingVnd + account.next.sumInVnd - account.next.sumOutVnd
    await closeDay(context, { accountId: id, day: account.next.day, openingVnd, closingVnd, by: 'ke-toan' })
  },
]

/** Lives through every story once, one after the other. */
export async function liveThrough(context: Context, gifts: Gifts = []): Promise<void> {
  for (const story of STORIES) await story(context, gifts)
}

/**
 * People give, are named, hide, ask back and are erased, and the office works, without end and beside whoever puts it in order.
 * @returns a function that stops it and says what went wrong meanwhile by throwing it
 */
export function keepBusy(context: Context): () => Promise<void> {
  const stopping = new AbortController()
  const gifts: Gifts = []
  const living = (async () => {
    while (!stopping.signal.aborted) {
      await oneOf(STORIES)?.(context, gifts).catch(exceptTimeout)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  })()
  // It is asked for later; until then it is nobody's.
  living.catch(() => undefined)
  return async () => {
    stopping.abort()
    await living
  }
}
