import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { POST as desk } from '../../app/[locale]/(staff)/quan-tri/[fund]/cam-ket/[code]/viec/route'
import { disclosures, donations, events, logLeaves, pledges, staffAudit } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { eraseDonor } from '../../lib/donors/erase'
import { listNameCommitments } from '../../lib/donors/own-name'
import { changeGoodsPledge } from '../../lib/goods/commands'
import { getOwnGoods } from '../../lib/goods/queries'
import type { Mail } from '../../lib/mail/model'
import { correctName, extendPledge } from '../../lib/pledge-desk/commands'
import { getPledge, listPledges } from '../../lib/pledge-desk/queries'
import { changePledge } from '../../lib/pledges/commands'
import { setNameShown } from '../../lib/pledges/name-shown'
import { getGift, getOwnGift } from '../../lib/pledges/queries'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { sendForm } from '../factories/console'
import { bankLine, say } from '../factories/desk'
import { bankNotice, giftInput, goodsInput, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { coats, GOODS_BUDGET } from '../factories/goods'
import { publishAll, publishingOf } from '../factories/public-log'
import { fundIdOf, makeStaff, signIn, type MadeStaff } from '../factories/staff'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { serverContext } from '../../lib/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { meet } from '../setup/meeting'
import { serve } from '../setup/server'
import { memoryVault } from '../setup/vault'
import { within } from '../setup/watched'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let withGoods: MadeCampaign
let accountant: MadeStaff
let fundId: number
const vault = memoryVault()
const mails: Mail[] = []
let isMailDown = false

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
  withGoods = await makeCampaign(context, { slug: 'hien-vat', budget: GOODS_BUDGET })
  fundId = await fundIdOf(context, 'ha-noi')
  accountant = await makeStaff(context, { id: 'ke-toan', role: 'accountant', fund: 'ha-noi' })
  const send = (mail: Mail) => (isMailDown ? Promise.reject(new Error('down')) : Promise.resolve(void mails.push(mail)))
  serve(context, database, { mail: { send, list: () => Promise.resolve([]) } })
})
afterAll(async () => {
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
})

const pledgeOf = (given: Parameters<typeof makePledge>[2]) => makePledge(context, campaign.slug, given)
const shown = async (code: string) => (await getPledge(context, fundId, { code, mayReach: true }, 'vi')) ?? expect.unreachable(code)
const find = async (text: string, mayReach = true) => {
  const filter = { text, state: null, campaign: null }
  return (await listPledges(context, fundId, { filter, mayReach, before: null }, 'vi')).rows.map(({ code }) => code)
}
// Days pass between the tests, and sessions with them.
const send = async (code: string, fields: Record<string, string>) =>
  sendForm(serverContext(), desk, await signIn(context, accountant.staffId), { fund: 'ha-noi', code }, fields)

test('is found by code, name with or without marks, sum, state, and by address only by who may write', async () => {
  const { code } = await pledgeOf({ name: 'Trần Thị Ngọc', isNamed: false, amountVnd: 765_000n, email: 'Ngoc@Example.com' })
  for (const text of [code.toLowerCase(), 'Trần Ngọc', 'tran thi ng', '765.000', 'ngoc@example.com'])
    expect(await find(text), text).toEqual([code])
  expect(await find('ngoc@example.com', false)).toEqual([])
  const open = { filter: { text: '765000', state: 'cancelled' as const, campaign: null }, mayReach: true, before: null }
  expect((await listPledges(context, fundId, open, 'vi')).rows).toEqual([])
  const elsewhere = { filter: { text: '', state: null, campaign: null }, mayReach: true, before: null }
  expect((await listPledges(context, await fundIdOf(context, 'ninh-thuan'), elsewhere, 'vi')).rows).toEqual([])
  expect((await getPledge(context, fundId, { code, mayReach: false }, 'vi'))?.contact).toBeNull()
})

test('a name is corrected in public, as a fact that does not say it; of two people the first wins', async () => {
  const { code } = await pledgeOf({ name: 'Nguyễn Thị Hoa', isNamed: true, amountVnd: 100_000n })
  await bankLine(context, { memo: code, amountVnd: 100_000n })
  const { seen } = await shown(code)
  const named = await Promise.all(
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa'].map((name) => correctName(context, { code, seen, name, isShown: true })),
  )
  expect(named.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['changed_meanwhile', 'ok'])
  await sequencePending(context.db, context.now())
  const gift = await getGift(context, code, 'vi')
  expect(gift?.publicName).toMatch(/^Nguyễn Thị (Hoà|Hòa)$/)
  const told = await context.db.select().from(events).where(eq(events.kind, 'name_changed'))
  expect(told).toHaveLength(1)
  expect(Object.keys(told[0]?.facts ?? {})).toEqual(['nameCommitment'])
  // A paper that was kept before is known to be of another name.
  expect(await listNameCommitments(context, [code])).toEqual([told[0]?.facts.nameCommitment])
  expect(await correctName(context, { code, seen: (await shown(code)).seen, name: '', isShown: true })).toEqual({
    ok: false,
    refusal: 'required',
  })
})

test('of goods, what becomes of the giver’s name is told of each receipt, and ends with its erasure', async () => {
  const { code } = await makeGoods(context, withGoods.slug, { name: 'Phạm Thị Lan', isNamed: true })
  const [first = 0n] = await receiveGoods(context, code, { lines: coats(10n) })
  const [second = 0n] = await receiveGoods(context, code, { lines: coats(20n) })
  const correct = async (name: string, isShown: boolean) =>
    value(await correctName(context, { code, seen: (await shown(code)).seen, name, isShown }))
  const told = async () => {
    await sequencePending(context.db, context.now())
    await publishAll(publishingOf(context, vault))
    const leaves = await context.db.select({ body: logLeaves.body }).from(logLeaves).orderBy(logLeaves.position)
    return leaves.map(({ body }) => body).filter((body) => body.includes('"goods":'))
  }
  const committed = async () =>
    (
      await context.db.select().from(disclosures).innerJoin(pledges, eq(pledges.id, disclosures.pledgeId)).where(eq(pledges.code, code))
    ).map(({ disclosures: { commitment } }) => commitment)
  const before = (await told()).length
  await correct('Phạm Thị Loan', true)
  await correct('Phạm Thị Loan', false)
  expect(await listDiscrepancies(context.db)).toEqual([])
  const [loan = ''] = await committed()
  value(await eraseDonor(context, { code }))
  const leaf = (kind: string, receipt: bigint, facts: object) => ({ kind, goods: String(receipt), facts })
  const both = (kind: string, facts: object) => [leaf(kind, first, facts), leaf(kind, second, facts)]
  expect((await told()).slice(before).map((body): unknown => JSON.parse(body))).toMatchObject([
    ...both('name_changed', { nameCommitment: loan }),
    ...both('name_hidden', {}),
    ...both('erasure', { commitments: [loan] }),
  ])
})

// Two meet on PostgreSQL alone: the embedded engine has one connection.
test.runIf(inject('engine') === 'postgres')(
  'a name corrected at the moment its gift is booked stands in the fact of the gift',
  async () => {
    const unplaced = await bankLine(context, { amountVnd: 123_000n })
    const ways: Record<string, (code: string) => Promise<unknown>> = {
      'by its code': (code) => receiveBankNotice(context, bankNotice({ memo: code })),
      'once more': (code) => receiveBankNotice(context, bankNotice({ memo: code })),
      'by a person': (code) => say(context, unplaced, { kind: 'place', parts: [{ code, amountVnd: 123_000n }] }),
    }
    for (const [way, book] of Object.entries(ways)) {
      const { code } = await pledgeOf({ name: 'Nguyễn Văn Nam', isNamed: true })
      if (way === 'once more') await bankLine(context, { memo: code })
      const { seen } = await shown(code)
      const correct = { code, seen, name: 'Nguyễn Văn Năm', isShown: true }
      await meet(
        database.handle,
        async (tx) => value(await correctName(within(context, tx), correct)),
        () => book(code),
      )
      const [told] = await context.db
        .select({ commitment: disclosures.commitment, facts: events.facts })
        .from(pledges)
        .innerJoin(disclosures, eq(disclosures.pledgeId, pledges.id))
        .innerJoin(donations, eq(donations.pledgeId, pledges.id))
        .innerJoin(events, and(eq(events.donationId, donations.id), eq(events.kind, 'donation')))
        .where(eq(pledges.code, code))
        .orderBy(desc(events.id))
      expect(told?.facts.nameCommitment, way).toBe(told?.commitment ?? 'of something')
    }
  },
)

test('a promise under which money came that was placed elsewhere waits again: its giver changes all but name and message, which the desk corrects', async () => {
  const { code, secret } = await pledgeOf({ name: 'Lê Văn Tám', message: 'Chúc các em vui', isNamed: true })
  value(await say(context, await bankLine(context, { memo: code }), { kind: 'general' }))
  expect((await shown(code)).state).toBe('open')
  const input = giftInput({ amountVnd: 450_000n, name: 'Lê Văn Chín', message: '', email: 'tam@example.com' })
  expect(value(await changePledge(context, { code, secret, input }))).toEqual({ isNameKept: true })
  expect(value(await changePledge(context, { code, secret, input: { ...input, name: '' } }))).toEqual({ isNameKept: false })
  expect(await getOwnGift(context, code)).toMatchObject({
    ...{ pledged: { amountVnd: 450_000n }, email: 'tam@example.com' },
    ...{ name: 'Lê Văn Tám', message: 'Chúc các em vui', isNamed: true, isNameKept: true },
  })
  expect(await setNameShown(context, { code, secret, isShown: false })).toMatchObject({ ok: true })
  expect(await correctName(context, { code, seen: (await shown(code)).seen, name: 'Lê Văn Chín', isShown: true })).toMatchObject({
    ok: true,
  })
  const goods = await makeGoods(context, withGoods.slug, { name: 'Lê Văn Sáu' })
  const change = { ...goods, input: goodsInput({ name: 'Lê Văn Bảy', phone: '0912345678' }) }
  await bankLine(context, { memo: goods.code })
  expect(value(await changeGoodsPledge(context, change))).toEqual({ isNameKept: true })
  const same = { ...change, input: { ...change.input, name: 'Lê Văn Sáu' } }
  expect(value(await changeGoodsPledge(context, same))).toEqual({ isNameKept: false })
  expect(await getOwnGoods(context, goods.code)).toMatchObject({ name: 'Lê Văn Sáu', phone: '0912345678', isNameKept: true })
})

test('a promise past its time is extended and cancelled at the desk; what arrived is neither', async () => {
  const { code } = await pledgeOf({ amountVnd: 200_000n })
  context.advance(8 * 86_400_000)
  expect((await shown(code)).state).toBe('expired')
  const { seen } = await shown(code)
  expect(await extendPledge(context, { code, seen, until: '2026-11-25' })).toEqual({ ok: false, refusal: 'not_a_day' })
  expect(await send(code, { viec: 'extend', seen, until: '2026-12-20' })).toBe(`/quan-tri/ha-noi/cam-ket/${code}?xong=extended`)
  expect(await shown(code)).toMatchObject({ state: 'open', expiresAt: new Date('2026-12-20T17:00:00Z') })
  expect(await send(code, { viec: 'cancel', seen })).toContain('?loi=changed_meanwhile')
  expect(await send(code, { viec: 'cancel', seen: (await shown(code)).seen })).toContain('?xong=cancelled')
  await bankLine(context, { memo: code, amountVnd: 200_000n })
  const arrived = await shown(code)
  expect(arrived.state).toBe('received')
  expect(await send(code, { viec: 'cancel', seen: arrived.seen })).toContain('?loi=not_open')
})

test('a letter leaves once, is kept without the trail knowing its words, and is sent again where the server was down', async () => {
  const { code } = await pledgeOf({ name: 'Lê Thị Mai', email: 'mai@example.com', amountVnd: 300_000n })
  const form = { viec: 'letter', formKey: 'bieu-mau-thu-0123456789012345678', kind: 'reminder', words: 'Chúc chị khỏe.' }
  isMailDown = true
  expect(await send(code, form)).toContain('?loi=not_sent')
  expect((await shown(code)).letters).toMatchObject([{ isSent: false }])
  isMailDown = false
  expect(await send(code, form)).toContain('?xong=sent')
  expect(await send(code, form)).toContain('?xong=sent')
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatchObject({ to: 'mai@example.com' })
  expect(mails[0]?.text).toMatch(/Lê Thị Mai.*300\.000.*Chúc chị khỏe/s)
  expect(await send(code, { ...form, words: 'Khác' })).toContain('?loi=form_used')
  const trail = await context.db.select().from(staffAudit).where(eq(staffAudit.action, 'pledges.write'))
  expect(trail.length).toBeGreaterThan(0)
  expect(JSON.stringify(trail.map(({ after }) => after))).not.toMatch(/mai|khỏe/i)
  expect((await shown(code)).letters).toMatchObject([{ words: 'Chúc chị khỏe.', isSent: true, by: 'ke-toan' }])
  value(await eraseDonor(context, { code }))
  expect((await shown(code)).letters).toMatchObject([{ words: null, isSent: true }])
})
