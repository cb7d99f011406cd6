import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { files, receivingAccounts } from '../../db/schema'
import { addStoredPaper } from '../../lib/evidence/papers'
import { bankAccount, fundAccount } from '../../lib/ledger/books'
import { postEntry } from '../../lib/ledger/post'
import { mayComeBack, mayHandOut, recordMove } from '../../lib/spending/advance-bank'
import { planAdvance, settleAdvance } from '../../lib/spending/advances'
import { approveSpend, rejectSpend } from '../../lib/spending/commands'
import type { TestContext } from '../setup/context'
import { value } from './site'
import type { Step } from './spending-history'
import { ask } from './spending-spend-steps'
import { nextKey, pick, type NaiveSpend, type World } from './spending-world'

/** Takes a step of money that a buyer is handed; another step changes nothing. */
export async function takeAdvanceStep(world: World, one: Step): Promise<void> {
  switch (one.does) {
    case 'advance':
      return handOut(world, one)
    case 'settle advance':
    case 'advance back': {
      const held = world.spends.flatMap((spend) => spend.advances.flatMap((advance) => (advance.out > 0 ? [{ spend, advance }] : [])))
      const found = pick(held, one.at)
      if (!found) return
      return one.does === 'advance back' ? comeBack(world, found, one.amount) : settle(world, found, one.amount)
    }
    case 'replace':
      return replace(world, one)
    default:
      return
  }
}

interface Held {
  spend: NaiveSpend
  advance: NaiveSpend['advances'][number]
}

const outOf = ({ advances }: NaiveSpend): number => advances.reduce((sum, { out }) => sum + out, 0)
const approvedOf = (world: World) => world.spends.filter(({ state }) => state === 'approved')

async function handOut(world: World, { at, share }: { at: number; share: number }): Promise<void> {
  const { context, fundId } = world
  const spend = pick(approvedOf(world), at)
  if (!spend) return
  const room = spend.amount - spend.paid - outOf(spend)
  const part = Math.max(1, Math.floor(room / share))
  const wish = { spendId: spend.id, amountVnd: BigInt(part), heldBy: 'can-bo', dueOn: '2099-12-31', by: 'an', key: nextKey('advance-') }
  const planned = await planAdvance(context, wish)
  expect(planned.ok).toBe(room >= part)
  if (!planned.ok) return world.reach('advance refused')
  const { advanceId } = planned.value
  await bankMove(context, fundId, 'given', { advanceId, amountVnd: BigInt(part) })
  spend.advances.push({ id: advanceId, out: part })
  world.reach('advance handed out')
}

/** What a line of the bank does to an advance. */
async function bankMove(
  context: TestContext,
  fundId: number,
  kind: 'given' | 'returned',
  move: { advanceId: bigint; amountVnd: bigint },
): Promise<boolean> {
  const key = nextKey('bank-')
  const { amountVnd } = move
  return context.db.transaction(async (tx) => {
    const found = await (kind === 'given' ? mayHandOut : mayComeBack)(tx, { ...move, fundId })
    if (!found.ok) return false
    const [account] = await tx
      .select({ id: receivingAccounts.id })
      .from(receivingAccounts)
      .where(eq(receivingAccounts.fundId, fundId))
      .limit(1)
    const [advance, bank] = [await fundAccount(tx, fundId, 'donation', 'advance'), await bankAccount(tx, account?.id ?? 0)]
    const posting = kind === 'given' ? { debit: advance, credit: bank, amountVnd } : { debit: bank, credit: advance, amountVnd }
    const at = { occurredAt: context.now(), bookedAt: context.now() }
    // Of a kind of which the bank's check knows no line: lines are another test's matter.
    const entryId = await postEntry(tx, { kind: 'spend', idempotencyKey: key, ...at, postings: [posting] })
    if (entryId === null) throw new Error(`${key} was booked before`)
    await recordMove(tx, found.value, { kind, amountVnd, entryId, key, now: context.now() })
    return true
  })
}

async function comeBack(world: World, { advance }: Held, amount: number): Promise<void> {
  const may = amount <= advance.out
  expect(await bankMove(world.context, world.fundId, 'returned', { advanceId: advance.id, amountVnd: BigInt(amount) })).toBe(may)
  if (!may) return
  advance.out -= amount
  world.reach('advance came back')
}

async function settle(world: World, { spend, advance }: Held, amount: number): Promise<void> {
  const { context } = world
  const settlement = { advanceId: advance.id, amountVnd: BigInt(amount), on: '2026-11-20', by: 'ke-toan', key: nextKey('settle-') }
  if (!spend.hasInvoice) {
    expect(await settleAdvance(context, settlement)).toMatchObject({ refusal: 'no_invoice' })
    await addInvoice(context, spend.id)
    spend.hasInvoice = true
  }
  const line = world.line(spend.line)
  const may = amount <= advance.out && line.free().length >= amount
  expect((await settleAdvance(context, settlement)).ok).toBe(may)
  if (!may) return
  expect((await settleAdvance(context, settlement)).ok).toBe(true)
  line.pay(String(spend.id), spend.paid, amount)
  advance.out -= amount
  spend.paid += amount
  line.promised.set(String(spend.id), spend.amount - spend.paid)
  if (spend.paid === spend.amount) spend.state = 'paid'
  world.reach('advance settled')
}

const INVOICE = `kept/${'0'.repeat(64)}`

async function addInvoice(context: TestContext, spendId: bigint): Promise<void> {
  const file = { name: INVOICE, type: 'application/octet-stream', bytes: 1, storedAt: context.now() }
  await context.db.insert(files).values(file).onConflictDoNothing()
  const wish = { spendId, deliverySlug: null, kind: 'invoice', datedOn: '2026-11-20', by: 'an', key: nextKey('invoice-') } as const
  value(await addStoredPaper(context, { ...wish, paper: { original: INVOICE, copy: null } }))
}

/** Asks anew for an approved spend of which nothing is paid, a little cheaper. */
async function replace(world: World, { at, cheaper }: { at: number; cheaper: number }): Promise<void> {
  const { context } = world
  const spend = pick(
    approvedOf(world).filter(({ paid }) => paid === 0),
    at,
  )
  const campaign = world.campaigns.find(({ lineId }) => lineId === spend?.line)
  if (!spend || !campaign) return
  const items = spend.items.map(({ units, amount }) => ({ units, amount: Math.max(units, amount - cheaper) }))
  await ask(world, campaign, items, spend.id)
  const anew = world.spends.at(-1)
  if (!anew) throw new Error('nothing was asked for')
  const line = world.line(spend.line)
  const may = outOf(spend) <= anew.amount && line.available() + spend.amount >= anew.amount
  expect((await approveSpend(context, { spendId: anew.id, by: 'binh' })).ok).toBe(may)
  if (!may) {
    expect((await rejectSpend(context, { spendId: anew.id, by: 'binh', reasonVi: 'không', reasonEn: 'no' })).ok).toBe(true)
    anew.state = 'ended'
    return
  }
  Object.assign(anew, { state: 'approved', advances: spend.advances })
  Object.assign(spend, { state: 'ended', advances: [] })
  line.promised.delete(String(spend.id))
  line.promised.set(String(anew.id), anew.amount)
  world.reach('spend replaced')
}
