import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as decide } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/chua-ro/ghi/route'
import { POST as takeBack } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/chua-ro/hoan-tac/route'
import { POST as undo } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/hoan-tac/route'
import { bankDecisions, bankTransactions, cardMovements, staffAudit, unreadDecisions } from '../../db/schema'
import { keepUnreadableNotice, receiveBankNotice } from '../../lib/bank/commands'
import { countCardsWaiting } from '../../lib/cards/waiting'
import { serverContext } from '../../lib/context'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { decideUnread } from '../../lib/unread/commands'
import { readSubject, type UnreadItem } from '../../lib/unread/model'
import { countUnread, getUnread, listUnread } from '../../lib/unread/queries'
import { balanceOf } from '../factories/books'
import { sendForm } from '../factories/console'
import { bankLine } from '../factories/desk'
import { bankNotice } from '../factories/giving'
import { fundIdOf, makeStaff, type MadeStaff } from '../factories/staff'
import { ACCOUNTS, makeFunds, value, type FundSlug } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
let fundId: number
const people: Record<string, MadeStaff> = {}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: new Date() })
  await makeFunds(context)
  fundId = await fundIdOf(context, 'ha-noi')
  for (const [id, role, fund] of [
    ['ke-toan', 'accountant', 'ha-noi'],
    ['kiem-soat', 'auditor', 'ha-noi'],
    ['giam-doc', 'director', 'ha-noi'],
    ['nguoi-khac', 'accountant', 'ninh-thuan'],
  ] as const)
    people[id] = await makeStaff(context, { id, role, fund })
  serve(context, database, {})
})
afterAll(() => database.close())

let keys = 0
/** What somebody says of something as they see it. @returns what is said of it in the address */
async function say(item: UnreadItem, la: string, more: Record<string, string> = {}, who = 'ke-toan', fund: FundSlug = 'ha-noi') {
  const fields = { key: `k${(keys += 1)}`, muc: item.key, thay: item.seen, la, 'vi-sao': 'đã hỏi', ...more }
  const to = await sendForm(serverContext(), decide, people[who]?.session ?? null, { fund }, fields)
  await sequencePending(context.db, context.now())
  return to.split('?')[1]
}
const back = (viec: string, who = 'ke-toan', fund: FundSlug = 'ha-noi') =>
  sendForm(serverContext(), takeBack, people[who]?.session ?? null, { fund }, { viec })
async function only(of: UnreadItem['of'], fund: FundSlug = 'ha-noi'): Promise<UnreadItem> {
  const [item, ...others] = (await listUnread(context, await fundIdOf(context, fund))).filter((one) => one.of === of)
  if (!item || others.length > 0) throw new Error(`not one ${of}`)
  return item
}
const lastDecision = async () => {
  const [row] = await context.db.select().from(unreadDecisions).orderBy(desc(unreadDecisions.id)).limit(1)
  if (!row) throw new Error('no decision')
  return row
}
const keep = (id: string, body: unknown) => keepUnreadableNotice(context, { provider: 'sepay', providerEventId: `unread:${id}`, body })

describe('a notice that could not be read', () => {
  test('is shown to the fund whose account it names, to all where it names none, and to nobody else', async () => {
    await keep('own', { so_tk: ACCOUNTS['ha-noi'], tien: 50000 })
    await keep('spaced', `tk 0000-3333 4444, 70000`)
    await keep('ping', { hello: 'sepay' })
    const seenBy = async (fund: FundSlug) =>
      (await listUnread(context, await fundIdOf(context, fund))).map(({ facts, isOwn }) => [facts[0]?.name, isOwn])
    expect(await seenBy('ha-noi')).toEqual([
      ['tien', true],
      ['hello', false],
    ])
    expect(await seenBy('ninh-thuan')).toEqual([
      ['', true],
      ['hello', false],
    ])
    expect(await countUnread(context, fundId)).toBe(2)
  })

  test('waits with a reason, is said to be a line that is known, and taken back', async () => {
    const line = await bankLine(context, { amountVnd: 50_000n })
    const other = await bankLine(context, { amountVnd: 50_000n, accountNumber: ACCOUNTS['ninh-thuan'] })
    const item = async () => (await listUnread(context, fundId)).find(({ isOwn }) => isOwn)
    const first = await item()
    if (!first) throw new Error('nothing waits')
    expect(await say(first, 'wait', { 'vi-sao': ' ' })).toBe('loi=o')
    expect(await say(first, 'fee')).toBe('loi=nothing')
    expect(await say(first, 'wait')).toBe('xong=wait')
    expect(await countUnread(context, fundId)).toBe(1)
    const waiting = await item()
    if (!waiting) throw new Error('it is gone')
    expect(waiting.waits).toMatchObject({ by: 'ke-toan', reason: 'đã hỏi' })
    // Somebody who looked before that is told.
    expect(await say(first, 'no_money')).toBe('loi=decided_already')
    expect(await say(waiting, 'told', { 'so-told': String(other) })).toBe('loi=o')
    expect(await say(waiting, 'told', { 'so-told': String(line), 'vi-sao': '' })).toBe('xong=told')
    expect(await item()).toBeUndefined()
    const decision = await lastDecision()
    expect(decision).toMatchObject({ kind: 'told', bankTransactionId: line, decidedBy: 'ke-toan' })
    expect(await back(String(decision.id), 'nguoi-khac', 'ninh-thuan')).toContain('loi=not_found')
    expect(await back(String(decision.id), 'kiem-soat')).toContain('loi=not_allowed')
    expect(await back(String(decision.id))).toContain('xong=undone')
    expect(await item()).toMatchObject({ waits: null })
    const trail = await context.db.select().from(staffAudit).where(eq(staffAudit.action, 'bank.decide'))
    expect(trail.some(({ outcome, after }) => outcome === 'done' && JSON.stringify(after).includes('told'))).toBe(true)
    expect(JSON.stringify(trail.map(({ after }) => after))).not.toContain('đã hỏi')
  })

  test('names the line that it contradicts', async () => {
    const notice = bankNotice({ amountVnd: 61_000n })
    await receiveBankNotice(context, notice)
    expect(await receiveBankNotice(context, { ...notice, amountVnd: 610_000n })).toBe('contradiction')
    const found = (await listUnread(context, fundId)).find(({ why }) => why === 'contradiction')
    expect(found).toMatchObject({ isOwn: true, earlier: { amountVnd: 61_000n } })
    expect((await listUnread(context, await fundIdOf(context, 'ninh-thuan'))).some(({ why }) => why === 'contradiction')).toBe(false)
  })

  test.each([
    ['kiem-soat', 'ha-noi', 'loi=not_allowed'],
    ['giam-doc', 'ha-noi', 'loi=not_allowed'],
    ['nguoi-khac', 'ninh-thuan', 'loi=not_found'],
  ] as const)('is not decided on by %s of %s', async (who, fund, answer) => {
    const item = (await listUnread(context, fundId)).find(({ why }) => why === 'contradiction')
    if (!item) throw new Error('nothing waits')
    expect(await say(item, 'no_money', {}, who, fund)).toBe(answer)
    expect(await getUnread(context, fundId, readSubject(item.key) ?? { of: 'line', id: 0n })).toEqual(item)
  })

  test('of two people at once, one says what it is, and the other is told', async () => {
    const item = (await listUnread(context, fundId)).find(({ why }) => why === 'contradiction')
    const subject = readSubject(item?.key ?? '')
    if (!item || subject?.of !== 'notice') throw new Error('nothing waits')
    const wish = (by: string) => ({ fundId, subject, saying: { kind: 'not_ours' as const }, seen: item.seen, reason: 'x', by, key: by })
    const said = await Promise.all([decideUnread(context, wish('an')), decideUnread(context, wish('binh'))])
    expect(said.map((one) => (one.ok ? 'written' : one.refusal)).sort()).toEqual(['decided_already', 'written'])
  })
})

describe('a change of the balance at Stripe that nobody understood', () => {
  const clearing = async () => balanceOf(context, 'ha-noi', 'donation', 'stripe_clearing')

  test('is booked as a fee that the state budget owes, and taken back', async () => {
    await context.db.insert(cardMovements).values({
      ...{ stripeId: 'txn_9', fundId, kind: 'not_understood', sourceId: 'adj_1', donationId: null, amountVnd: -12_000n, feeVnd: 0n },
      ...{ entryId: null, happenedAt: context.now(), createdAt: context.now() },
    })
    expect(await listUnread(context, await fundIdOf(context, 'ninh-thuan'))).not.toContainEqual(expect.objectContaining({ of: 'movement' }))
    const before = await clearing()
    const waits = await countCardsWaiting(context)
    const item = await only('movement')
    expect(item).toMatchObject({ amountVnd: -12_000n, source: 'stripe' })
    expect(await say(item, 'fee', {}, 'nguoi-khac', 'ninh-thuan')).toBe('loi=not_found')
    expect(await say(item, 'fee')).toBe('xong=fee')
    expect(await clearing()).toBe(before - 12_000n)
    expect((await countCardsWaiting(context)).movements).toBe(waits.movements - 1)
    expect(await back(String((await lastDecision()).id))).toContain('xong=undone')
    expect(await clearing()).toBe(before)
    expect(await say(await only('movement'), 'no_change')).toBe('xong=no_change')
    expect(await clearing()).toBe(before)
    expect(await listDiscrepancies(context.db)).toEqual([])
  })
})

describe('a line of an account that is not ours', () => {
  const lost = { accountNumber: '888877776666', bankBin: '970436' }

  test('is put aside by a person of any fund, with a reason, and comes back', async () => {
    const line = await bankLine(context, { accountNumber: lost.accountNumber, amountVnd: 77_000n })
    expect(await only('line', 'ninh-thuan')).toMatchObject({ isOwn: false, amountVnd: 77_000n })
    const item = await only('line')
    expect(await say(item, 'not_ours', { 'vi-sao': '' })).toBe('loi=o')
    expect(await say(item, 'not_ours')).toBe('xong=1')
    expect((await listUnread(context, fundId)).some(({ of }) => of === 'line')).toBe(false)
    const [decision] = await context.db.select().from(bankDecisions).orderBy(desc(bankDecisions.id)).limit(1)
    const viec = String(decision?.id)
    const undone = (who: string, fund: FundSlug) => sendForm(serverContext(), undo, people[who]?.session ?? null, { fund }, { viec })
    expect(await undone('nguoi-khac', 'ninh-thuan')).toContain('loi=not_allowed')
    expect(await undone('ke-toan', 'ha-noi')).toContain('xong=undone')
    expect(await only('line')).toMatchObject({ key: `dong-${line}`, waits: null })
  })

  test('is only that fund’s once it has the account, and then taken into its books', async () => {
    const account = {
      ...lost,
      fundSlug: 'ha-noi',
      bankName: 'Ngân hàng Mẫu',
      accountName: 'QUY BTTE',
      alias: 'ha-noi 09',
      proposedBy: 'an',
    }
    const { accountId } = value(await proposeReceivingAccount(context, account))
    expect((await listUnread(context, await fundIdOf(context, 'ninh-thuan'))).some(({ of }) => of === 'line')).toBe(false)
    expect(await say(await only('line'), 'ours')).toBe('loi=no_match')
    value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
    const item = await only('line')
    expect(item).toMatchObject({ isOwn: true, isAccountOurs: true })
    // Another line that may be the same waits as such, and is counted once.
    const twin = await bankLine(context, { provider: 'casso', accountNumber: lost.accountNumber, amountVnd: 77_000n, reference: null })
    expect(await say(item, 'ours', {}, 'nguoi-khac', 'ninh-thuan')).toBe('loi=not_found')
    expect(await say(item, 'ours')).toBe('xong=1')
    const { id, state, duplicateOfId, receivingAccountId } = bankTransactions
    const rows = await context.db
      .select({ id, state, duplicateOfId, receivingAccountId })
      .from(bankTransactions)
      .where(eq(bankTransactions.accountNumber, lost.accountNumber))
      .orderBy(id)
    const [first, second] = rows
    expect([first?.receivingAccountId, second?.receivingAccountId]).toEqual([accountId, accountId])
    expect(rows.map((row) => row.state)).toEqual(['unplaced', 'possible_duplicate'])
    expect(second).toMatchObject({ id: twin, duplicateOfId: first?.id })
    expect(await listDiscrepancies(context.db)).toEqual([])
    const [decision] = await context.db.select().from(bankDecisions).orderBy(desc(bankDecisions.id)).limit(1)
    expect(
      await sendForm(serverContext(), undo, people['ke-toan']?.session ?? null, { fund: 'ha-noi' }, { viec: String(decision?.id) }),
    ).toContain('xong=undone')
    expect((await only('line')).key).toBe(item.key)
  })
})

describe('the tables refuse', () => {
  test.each([
    ['another word for what was said', `update unread_decisions set kind = 'no_money', reason = 'x'`, /stays what was decided/],
    ['that it is forgotten', `delete from unread_decisions`, /append-only|permission denied/],
    [
      'that a notice that is understood is decided on',
      `insert into unread_decisions (fund_id, notice_id, kind, reason, idempotency_key, decided_by, decided_at)
        select 1, min(id), 'no_money', 'x', 'x', 'x', now() from bank_notices where outcome = 'booked'`,
      /nothing that waits/,
    ],
    [
      'that a line is given to another account',
      `update bank_transactions set receiving_account_id = (select max(id) from receiving_accounts) where state = 'unplaced'`,
      /of no other account/,
    ],
  ])('%s', async (_what, statement, words) => {
    expect(await refusalOf(context.db, statement)).toMatch(words)
  })
})
