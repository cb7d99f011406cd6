import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { read, utils } from '@e965/xlsx'
import { parse } from 'csv-parse/sync'
import { desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema'
import type { FileContext } from '../../lib/context'
import { canChangeState, isPublicState } from '../../lib/campaigns/states'
import { TABLE_KEYS, type Fields, type Format, type TableKey } from '../../lib/exports/model'
import { startExport } from '../../lib/exports/start'
import { setNeedRound } from '../../lib/needs/rounds'
import { loadPlanData } from '../../lib/plans/load'
import { loadSample } from '../../lib/sample/load'
import { findLineFile, listLineFiles, readLineFile } from '../../lib/public-lines/files'
import { followAllLines } from '../../lib/public-lines/follow'
import { makeLineFiles } from '../../lib/public-lines/make-files'
import { getLines, listLineOptions } from '../../lib/public-lines/queries'
import { readLineQuery } from '../../lib/public-lines/schema'
import { planSample } from '../../lib/sample/timeline'
import { rebuild } from '../../lib/rebuild/rebuild'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { getCampaignMoney } from '../../lib/spending/campaign-money'
import { getCampaignSpending } from '../../lib/spending/queries'
import { getSpend, listSpendPayers } from '../../lib/spending/view'
import { findStaff } from '../../lib/staff/sessions'
import { formatSigningKey, formatVerifierKey, parseSigningKey } from '../../lib/tlog/keys'
import { publishAll, publishingOf } from '../factories/public-log'
import { rebuildOf } from '../factories/rebuild'
import { signIn } from '../factories/staff'
import { testContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { withFault } from '../setup/faults'
import { testFolder, withFiles } from '../setup/files'
import { memoryVault } from '../setup/vault'
import { watched } from '../setup/watched'

const PERCENT = 3
const SEED = 'sample-test'
const ANCHOR = '2026-11-22'

let whole: TestDatabase
let cut: TestDatabase

const folder = testFolder()

const contextOf = (database: TestDatabase, seed: string): FileContext =>
  withFiles(testContext(database.handle, { seed, installation: { kind: 'sample', seed: SEED, anchorDay: ANCHOR } }), folder)

/** A context whose database stops answering after so many transactions, as when the process is killed. */
function dyingContext(context: FileContext, transactions: number): FileContext {
  let left = transactions
  return watched(context, {
    onTransaction: () => {
      if (left-- <= 0) throw new Error('the process was killed')
    },
  })
}

beforeAll(async () => {
  whole = await testDatabase()
  cut = await testDatabase()
  const context = contextOf(whole, 'whole')
  await loadPlanData(context)
  await loadSample(context, { percent: PERCENT, say: () => undefined })
}, 240_000)
afterAll(async () => {
  await Promise.all([whole.close(), cut.close()])
  folder.remove()
})

const number = async (database: TestDatabase, query: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await database.handle.db.select({ value: sql<string>`(${query})` }).from(sql`(values (1)) as one`)
  return Number(row?.value)
}

/** Everything public, and what it was made from, without what depends on the moment of loading. */
async function fingerprint(database: TestDatabase): Promise<Record<string, string>> {
  const { db } = database.handle
  const digest = async (query: ReturnType<typeof sql>) => {
    const [row] = await db
      .select({ value: sql<string>`(select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from (${query}) t)` })
      .from(sql`(values (1)) as one`)
    return row?.value ?? ''
  }
  return {
    needs: await digest(sql`select unit_id, category, school_year, children, quantity, amount_vnd, state, reported_on from needs`),
    coverages: await digest(sql`select source, name_vi, quantity, amount_vnd from need_coverages`),
    campaigns: await digest(sql`select slug, state, title_vi, story_en, goal_vnd, opens_on, needed_by from campaigns`),
    budgets: await digest(
      sql`select c.slug, b.position, b.item_vi, b.unit_price_vnd, b.quantity from budget_lines b join campaigns c on c.id = b.campaign_id`,
    ),
    transitions: await digest(
      sql`select c.slug, t.from_state, t.to_state, t.happened_at from campaign_transitions t join campaigns c on c.id = t.campaign_id`,
    ),
    pledges: await digest(sql`select code, amount_vnd, is_named, state, secret_hash, created_at from pledges`),
    disclosures: await digest(
      sql`select p.code, d.field, d.text, d.commitment, d.review from disclosures d join pledges p on p.id = d.pledge_id`,
    ),
    bank: await digest(
      sql`select account_number, direction, amount_vnd, reference, memo, state, reason, transacted_at from bank_transactions`,
    ),
    closes: await digest(
      sql`select receiving_account_id, day, opening_vnd, closing_vnd, lines_in, lines_out, closed_by, closed_at from day_closes`,
    ),
    // The address of a delivery ends with a number of which transactions that were cut off use some up.
    positions: await digest(
      sql`select p.position, e.kind, e.day, e.amount_vnd, e.facts - 'delivery' from event_positions p join events e on e.id = p.event_id`,
    ),
    goods: await digest(
      sql`select d.code, r.form_key, r.units, r.condition, r.received_on, r.stated_value_vnd, i.start_unit from goods_receipts r
        join pledges d on d.id = r.pledge_id left join goods_intervals i on i.receipt_id = r.id`,
    ),
    evidence: await digest(
      sql`select idempotency_key, commitment, encode(salt, 'hex'), added_at, released_at, withdrawn_at from photos
        union all select idempotency_key, original_commitment || copy, original, added_at, released_at, withdrawn_at from papers`,
    ),
    promises: await digest(
      sql`select d.code, d.state, g.nature, i.position, i.units, f.reason from pledge_items i join pledges d on d.id = i.pledge_id
        join goods_pledges g on g.pledge_id = d.id left join goods_refusals f on f.pledge_id = d.id`,
    ),
    totals: await digest(sql`select day, fund_id, received_vnd, gifts from day_totals`),
  }
}

describe('sample data', () => {
  it('changes nothing when loaded again', async () => {
    const before = await fingerprint(whole)
    await loadSample(contextOf(whole, 'again'), { percent: 100, say: () => expect.unreachable('there was nothing left to do') })
    expect(await fingerprint(whole)).toEqual(before)
  })

  it('goes on where it was cut off, however often, and ends the same', async () => {
    const context = contextOf(cut, 'cut')
    await loadPlanData(context)
    for (const transactions of [0, 1, 137, 420, 611, 283]) {
      const dying = dyingContext(context, transactions)
      await expect(loadSample(dying, { percent: PERCENT, say: () => undefined })).rejects.toThrow('killed')
    }
    // The share that the load began with counts.
    await loadSample(context, { percent: 100, say: () => undefined })
    expect(await fingerprint(cut)).toEqual(await fingerprint(whole))
  }, 240_000)

  it('leaves nothing waiting or parked, and no gap in the public order', async () => {
    expect(await number(whole, sql`select count(*) from pending_events`)).toBe(0)
    expect(await number(whole, sql`select count(*) from parked_events`)).toBe(0)
    const positions = await number(whole, sql`select count(*) from event_positions`)
    expect(await number(whole, sql`select max(position) from event_positions`)).toBe(positions - 1)
    expect(await number(whole, sql`select count(*) from events`)).toBe(positions)
  })

  it('balances: bank, ledger, intervals and totals say the same', async () => {
    const bank = await number(whole, sql`select sum(amount_vnd) from bank_transactions where state in ('placed', 'unplaced', 'to_return')`)
    expect(bank).toBeGreaterThan(1_000_000_000)
    const inMoney = sql`select sum(p.amount) from postings p join ledgers l on l.id = p.ledger_id where l.unit = 'VND'`
    const spent = await number(whole, sql`select coalesce(sum(spent_vnd), 0) from line_totals`)
    expect(spent).toBeGreaterThan(0)
    // What campaigns that are complete had left went on to the general pot.
    const moved = await number(whole, sql`select coalesce(sum(moved_vnd), 0) from line_totals`)
    expect(moved).toBeGreaterThan(0)
    const cash = await number(whole, sql`select coalesce(sum(amount_vnd), 0) from donations where office_receipt_id is not null`)
    expect(cash).toBeGreaterThan(0)
    const given = bank + cash
    const advanced = await number(whole, sql`select coalesce(sum(amount_vnd), 0) from advance_moves where kind <> 'settled'`)
    // A bank's fee stands in the books of donations and in those of the budget, which owes it.
    const fees = sql`select 2 * sum(b.amount_vnd) from bank_decisions d join bank_decision_lines l on l.decision_id = d.id
      join bank_transactions b on b.id = l.bank_transaction_id where d.kind = 'fee' and d.undone_at is null`
    // What came in stands in the books once, and once more where it was spent, where it moved, and where a buyer holds it.
    expect(await number(whole, inMoney)).toBe(given + spent + moved + advanced + (await number(whole, fees)))
    expect(await number(whole, sql`select sum(amount_vnd) from donations`)).toBe(given)
    expect(await number(whole, sql`select sum(end_vnd - start_vnd) from intervals`)).toBe(given + moved)
    expect(await number(whole, sql`select sum(net_vnd) from line_totals`)).toBe(given)
    expect(await number(whole, sql`select sum(received_vnd) from day_totals`)).toBe(given)
    expect(await number(whole, sql`select count(distinct state) from spends`)).toBeGreaterThan(2)
    // Papers in every stage, and photos that were shown, whatever of it there is room for at this share.
    expect(await number(whole, sql`select count(distinct (released_at is null)) from papers`)).toBeGreaterThan(0)
    expect(await number(whole, sql`select count(*) from photos where released_at is not null and withdrawn_at is null`)).toBeGreaterThan(0)
    expect(await number(whole, sql`select count(*) from deliveries`)).toBeGreaterThan(10)
  })

  it('tells of each spend and of each campaign what the books say, to the đồng', async () => {
    const context = contextOf(whole, 'told')
    const rows = await whole.handle.db.select({ id: schema.spends.id }).from(schema.spends)
    let told = 0n
    for (const { id } of rows) {
      const spend = await getSpend(context, String(id), 'vi')
      const booked = sql`select coalesce(sum(p.amount), 0) from postings p join entries e on e.id = p.entry_id
        where e.kind = 'spend' and e.idempotency_key like ${`spend:${id}:%`}`
      expect(spend?.paidVnd, `spend ${id}`).toBe(BigInt(await number(whole, booked)))
      let paid = 0n
      for (let from: bigint | null = 0n; from !== null;) {
        const page = await listSpendPayers(context, String(id), from)
        paid += page.amountVnd
        from = page.nextVnd
      }
      expect(paid, `payers of spend ${id}`).toBe(spend?.paidVnd)
      told += paid
    }
    expect(told).toBe(BigInt(await number(whole, sql`select sum(spent_vnd) from line_totals`)))
    const slugs = await whole.handle.db.select({ slug: schema.campaigns.slug, lineId: schema.campaigns.lineId }).from(schema.campaigns)
    for (const { slug, lineId } of slugs) {
      const money = await getCampaignMoney(context, slug, await getCampaignSpending(context, slug, 'vi'), 'vi')
      const given = await number(whole, sql`select coalesce(sum(amount_vnd), 0) from donations where line_id = ${lineId}`)
      expect(money?.receivedVnd ?? 0n, slug).toBe(BigInt(given))
      if (!money) continue
      const { deliveredVnd, waitingVnd, promisedVnd, unspentVnd, movedVnd, refundedVnd } = money
      expect(deliveredVnd + waitingVnd + promisedVnd + unspentVnd + movedVnd + refundedVnd, slug).toBe(money.receivedVnd)
    }
  })

  it('has goods in every state, counted in their own ledgers, and nothing that reconciliation finds', async () => {
    const states = await whole.handle.db
      .selectDistinct({
        state: sql<string>`case when f.reason is not null then 'refused' when d.state = 'open' and d.expires_at <= timestamptz '2026-11-23 00:00:00+07'
          then 'expired' else d.state end`,
      })
      .from(sql`pledges d left join goods_refusals f on f.pledge_id = d.id where d.method = 'goods'`)
    expect(states.map(({ state }) => state).sort()).toEqual(['cancelled', 'expired', 'open', 'received', 'refused'])
    const units = await number(whole, sql`select sum(units) from goods_receipts`)
    expect(units).toBeGreaterThan(200)
    const inKind = sql`select sum(p.amount) from postings p join ledgers l on l.id = p.ledger_id where l.unit <> 'VND'`
    expect(await number(whole, inKind)).toBe(units)
    expect(await number(whole, sql`select sum(end_unit - start_unit) from goods_intervals`)).toBe(units)
    expect(await number(whole, sql`select sum(received_units) from goods_totals`)).toBe(units)
    expect(await listDiscrepancies(whole.handle.db)).toEqual([])
  })

  it('has statements of each account that are booked, and one that waits with something of each kind', async () => {
    const { state, counts, uploadedBy } = schema.statementFiles
    const files = await whole.handle.db
      .select({ state, counts, by: uploadedBy })
      .from(schema.statementFiles)
      .orderBy(schema.statementFiles.id)
    expect(new Set(files.map(({ by }) => by)).size).toBe(2)
    expect(files.at(-1)).toMatchObject({ state: 'read', counts: { new: 1, possible_duplicate: 1, contradictory: 0, unreadable: 1 } })
    for (const file of files.slice(0, -1))
      expect(file).toMatchObject({ state: 'booked', counts: { new: 0, contradictory: 0, unreadable: 0 } })
  })

  it('closes the days of each account but the last, each from where the one before ended, and files of them state their hash', async () => {
    const { db } = whole.handle
    const held = new Map<string, bigint | undefined>()
    for (const { id, alias } of await db.select().from(schema.receivingAccounts)) {
      const closes = await db
        .select()
        .from(schema.dayCloses)
        .where(eq(schema.dayCloses.receivingAccountId, id))
        .orderBy(schema.dayCloses.day)
      expect(closes.length).toBeGreaterThan(200)
      for (const [index, { day, openingVnd, sumInVnd, sumOutVnd, closingVnd }] of closes.entries()) {
        expect(openingVnd + sumInVnd - sumOutVnd, day).toBe(closingVnd)
        expect(openingVnd, day).toBe(closes[index - 1]?.closingVnd ?? 250_000_000n)
      }
      held.set(alias, closes.at(-1)?.closingVnd)
      const open = sql`select count(*) from bank_transactions where receiving_account_id = ${id} and posted_on > ${closes.at(-1)?.day}`
      expect(await number(whole, open)).toBeGreaterThan(0)
    }
    expect(await number(whole, sql`select count(*) from events where kind = 'day_closed'`)).toBe(await db.$count(schema.dayCloses))

    const context = contextOf(whole, 'files')
    await followAllLines(db, context.now())
    const { query, filter } = readLineQuery({}, await listLineOptions(context, 'vi'), { today: ANCHOR, logSize: 0n })
    if (!filter) return expect.unreachable('nothing was asked for')
    const { closed } = await getLines(context, query, filter, 'vi')
    expect(new Map(closed.map(({ account, closingVnd }) => [account, closingVnd]))).toEqual(held)
    expect(await makeLineFiles(context, { turnMs: 2_000 })).toBeGreaterThan(0)
    const [newest] = await db
      .select()
      .from(schema.publicLineFiles)
      .where(sql`length(period) = 10 and sha256 is not null`)
      .orderBy(desc(schema.publicLineFiles.period))
    const file = await findLineFile(db, newest?.period ?? '')
    if (!file || file === 'many' || !file.made) return expect.unreachable('no file was made')
    const bytes = await buffer(readLineFile(context, file))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.made.sha256)
    expect(bytes.toString()).toContain(newest?.period)
    // The month that is not over leads to its days all the same.
    expect((await listLineFiles(db, null))[0]?.period).toBe(newest?.period.slice(0, 7))
  })

  it('has every kind of bank line', async () => {
    const kinds = await whole.handle.db
      .select({ state: schema.bankTransactions.state, reason: schema.bankTransactions.reason })
      .from(schema.bankTransactions)
      .groupBy(schema.bankTransactions.state, schema.bankTransactions.reason)
    expect(kinds).toEqual(
      expect.arrayContaining([
        { state: 'placed', reason: null },
        { state: 'unplaced', reason: 'no_code' },
        { state: 'to_return', reason: 'after_closing_day' },
        { state: 'outgoing', reason: null },
        { state: 'unknown_account', reason: null },
      ]),
    )
  })

  it('brings each campaign to the state of the list, step by step, and marks as funded what has its goal', async () => {
    const { db } = whole.handle
    const plan = planSample(SEED, ANCHOR, PERCENT)
    const rows = await db
      .select({
        id: schema.campaigns.id,
        slug: schema.campaigns.slug,
        state: schema.campaigns.state,
        goalVnd: schema.campaigns.goalVnd,
        receivedVnd: schema.lineTotals.receivedVnd,
      })
      .from(schema.campaigns)
      .leftJoin(schema.lineTotals, eq(schema.lineTotals.lineId, schema.campaigns.lineId))
    expect(Object.fromEntries(rows.map(({ slug, state }) => [slug, state]))).toEqual(
      Object.fromEntries(plan.campaigns.map(({ slug, listed }) => [slug, listed.state])),
    )
    const steps = await db.select().from(schema.campaignTransitions).orderBy(schema.campaignTransitions.id)
    for (const { id, slug, state, goalVnd, receivedVnd } of rows) {
      const own = steps.filter((step) => step.campaignId === id)
      expect(own.at(-1)?.toState, slug).toBe(state)
      for (const { fromState, toState } of own.slice(1)) {
        const plain = (text: string | null) =>
          schema.campaigns.state.enumValues.find((known) => known === text) ?? expect.unreachable(`${text} is no state`)
        expect(canChangeState(plain(fromState), plain(toState)), `${slug}: ${fromState} → ${toState}`).toBe(true)
      }
      if (!isPublicState(state)) expect(receivedVnd, slug).toBeNull()
      if (state === 'open') expect((receivedVnd ?? 0n) < goalVnd, slug).toBe(true)
      if (state === 'funded' || state === 'delivering' || state === 'complete') expect((receivedVnd ?? 0n) >= goalVnd, slug).toBe(true)
    }
    const hidden = rows.filter(({ state }) => !isPublicState(state)).map(({ slug }) => slug)
    const told = await db.select({ facts: schema.events.facts }).from(schema.events).where(eq(schema.events.kind, 'campaign_state'))
    expect(told.some(({ facts }) => hidden.some((slug) => facts['campaign'] === slug))).toBe(false)
  })

  it('never lies after the last day, and uses accounts that two people approved', async () => {
    const { db } = whole.handle
    const end = sql`timestamptz '2026-11-23 00:00:00+07'`
    expect(await number(whole, sql`select count(*) from bank_transactions where transacted_at >= ${end}`)).toBe(0)
    expect(await number(whole, sql`select count(*) from pledges where created_at >= ${end}`)).toBe(0)
    const accounts = await db.select().from(schema.receivingAccounts)
    expect(accounts.map(({ bankBin }) => bankBin)).toEqual(['999901', '999901'])
    expect(accounts.every(({ approvedBy, proposedBy }) => approvedBy !== null && approvedBy !== proposedBy)).toBe(true)
  })

  it('is refused in a real installation', async () => {
    const real = withFiles(testContext(whole.handle, { installation: { kind: 'real', seed: null, anchorDay: null } }), folder)
    await expect(loadSample(real, { percent: PERCENT, say: () => undefined })).rejects.toThrow('sample installation')
  })
})

describe('a rebuild', () => {
  const vault = memoryVault()

  it('makes all that is derived again, byte for byte, though the load was cut off', async () => {
    const context = contextOf(cut, 'published')
    await followAllLines(context.db, context.now())
    await publishAll(publishingOf(context, vault))
    const found = await rebuildOf(cut.handle.db, vault)
    expect(found).toMatchObject({ kind: 'same' })
    expect(found.kind === 'same' && found.rows).toBeGreaterThan(5_000)
  })

  it('says where one value of a read model, or one byte of the log, is another, and what its events tell otherwise', async () => {
    const flipped = (column: string, at: number) => `set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`
    const first = (table: string, where = 'true') => `ctid = (select min(ctid) from ${table} where ${where})`
    const witness = parseSigningKey(formatSigningKey('w.example/w', 'cosignature', new Uint8Array(32).fill(3)))
    if (!witness) throw new Error('a key for a test is malformed')
    const written = ['line_uses', 'deliveries', 'papers', 'photos', 'disclosures', 'log_witnesses', 'log_cosignatures']
    const found = await withFault(
      cut,
      ['day_totals', 'log_nodes', 'log_leaves', 'log_checkpoints', 'giver_words', 'recognised_gifts', 'public_lines', ...written],
      [
        // Its sum is what it was: somebody else's đồng bought it.
        `update line_uses set start_vnd = start_vnd + 1000000000, end_vnd = end_vnd + 1000000000 where ${first('line_uses')}`,
        `update deliveries set children = children * 10 where ${first('deliveries', 'children > 5')}`,
        `update papers set copy = (select name from files where name like 'shown/%' and name <> copy limit 1) where ${first('papers', 'event_id is not null')}`,
        `update photos set commitment = repeat('0', 64) where ${first('photos', 'event_id is not null')}`,
        `update disclosures set salt = ${flipped('salt', 0)} where ${first('disclosures', `field = 'message'`)}`,
        `update disclosures set commitment = repeat('0', 64) where ${first('disclosures', `pledge_id in (select pledge_id from donations)`)}`,
        `insert into log_witnesses (verifier_key, added_at) values ('${formatVerifierKey(witness)}', now())`,
        `insert into log_cosignatures select w.id, c.size, '— w.example/w AAAA' || chr(10), now() from log_witnesses w, log_checkpoints c`,
        `update day_totals set received_vnd = received_vnd + 1 where (day, fund_id) = (select day, fund_id from day_totals order by 1, 2 limit 1)`,
        `delete from giver_words where ctid = (select min(ctid) from giver_words)`,
        `update recognised_gifts set amount_vnd = amount_vnd + 1 where donation_id = (select min(donation_id) from recognised_gifts)`,
        `update public_lines set is_stated = not is_stated where id = (select max(id) from public_lines)`,
        `update log_nodes set hash = ${flipped('hash', 31)} where level = 1 and index = 0`,
        `update log_leaves set body = replace(body, '"v":1', '"v":2'), hash = sha256('\\x00'::bytea || convert_to(replace(body, '"v":1', '"v":2'), 'UTF8'))
          where position = 257`,
        `update log_checkpoints set note = overlay(note placing 'A' from length(note) - 10) where size = (select max(size) from log_checkpoints)`,
      ],
      (db) => rebuildOf(db, memoryVault()),
    )
    const all = found.kind === 'differs' ? found.found : []
    const end = all.findLastIndex((line) => line.startsWith('log_cosignatures, '))
    expect(all.slice(0, end).map((line) => line.split(/[:,] /)[0])).toEqual([
      'đồng given otherwise than their events tell',
      'deliveries that their events tell otherwise',
      'copies of papers that their events tell otherwise',
      'photos that their events tell otherwise',
      'names and messages that are not what was committed to',
      'names and messages that events tell otherwise',
    ])
    const lines = all.slice(end + 1)
    const about = (start: string) => lines.filter((line) => line.startsWith(start))
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      ...['day_totals', 'recognised_gifts', 'giver_words', 'public_lines', 'log_leaves', 'log_nodes', 'log_checkpoints'],
    ])
    expect(about('day_totals')[0]).toMatch(/, day "2\d{3}-\d\d-\d\d", fund_id \d: received_vnd is \d+ and should be \d+$/)
    expect(about('giver_words')[0]).toMatch(/, word …, .*: is missing$/)
    expect(about('log_leaves')[0]).toContain('position 257 (tile/entries/001, tile/0/001): body is')
    expect(about('log_nodes')[0]).toContain('level 1, index 0 (tile/1/000): hash is')
    expect(about('log_checkpoints')[0]).toContain(': note is')
  })

  it('waits while something has no place yet', async () => {
    const found = await withFault(
      cut,
      ['events'],
      [`insert into pending_events (event_id, created_at) select id, created_at from events order by id limit 1`],
      // Nothing is written then, wherever the side place is.
      (db) => rebuild({ real: db, side: db, vault, onProgress: () => undefined, signal: new AbortController().signal }),
    )
    expect(found).toEqual({ kind: 'waits', events: 1 })
  })
})

describe('a table that is taken out of the console', () => {
  /** What somebody gets of a table of Hà Nội: its rows, the heading first; or why they get nothing. */
  async function take(
    id: string,
    key: TableKey,
    fields: Fields & { dang: Format },
    locale: 'vi' | 'en' = 'vi',
  ): Promise<string[][] | string> {
    const context = contextOf(whole, 'whole')
    const staff = await findStaff(context, await signIn(context, id), locale)
    const fund = staff?.funds.find(({ slug }) => slug === 'ha-noi')
    if (!staff || !fund) return expect.unreachable('nobody is signed in')
    const started = await startExport(context, staff, { fund, key, fields, locale })
    if (!started.ok) return started.refusal
    expect(started.value.fileName).toBe(`ha-noi-${key.replaceAll('_', '-')}-2026-11-23.${fields.dang}`)
    const bytes = await buffer(started.value.stream)
    if (fields.dang === 'csv') return parse(bytes, { bom: true })
    const book = read(bytes, { cellText: true, cellNF: true })
    return utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1, raw: false, defval: '' })
  }
  const rowsOf = (taken: string[][] | string): string[][] => (typeof taken === 'string' ? expect.unreachable(taken) : taken)
  /** A column by its heading. */
  const column = ([head = [], ...rows]: string[][], name: string): string[] =>
    rows.map((row) => row[head.indexOf(name)] ?? expect.unreachable(name))
  const sum = (cells: string[]): bigint => cells.reduce((total, cell) => total + BigInt(cell), 0n)
  const ofHaNoi = sql`fund_id = (select id from funds where slug = 'ha-noi')`

  it.each(TABLE_KEYS)('%s is the same as CSV and as a workbook, and in the trail', async (key) => {
    const [csv, xlsx] = [
      rowsOf(await take('giam-doc-mau', key, { dang: 'csv' })),
      rowsOf(await take('giam-doc-mau', key, { dang: 'xlsx' })),
    ]
    // A workbook shows sums with separators; what would be a formula in CSV has an apostrophe before it.
    const plain = (rows: string[][]) =>
      rows.map((row) =>
        row.map((cell) => cell.replace(/^'/, '').replace(/^(-?\d{1,3})((?:,\d{3})+)$/, (digits) => digits.replaceAll(',', ''))),
      )
    // The trail grows by these very exports, and by signing in.
    const [less, more] = key === 'audit' ? [csv, xlsx.slice(0, csv.length)] : [csv, xlsx]
    expect(plain(more)).toEqual(plain(less))
    expect(rowsOf(await take('giam-doc-mau', key, { dang: 'csv' }, 'en'))[0]).toHaveLength(csv[0]?.length ?? 0)
    const [entry] = await whole.handle.db
      .select()
      .from(schema.staffAudit)
      .where(eq(schema.staffAudit.action, 'exports.read'))
      .orderBy(desc(schema.staffAudit.id))
      .limit(1)
    expect(entry?.after).toMatchObject({ table: key, format: 'csv', from: null, to: null })
    if (key !== 'audit') expect(entry?.after).toMatchObject({ rows: String(csv.length - 1) })
  })

  it('has every row of the fund once, and none of another', async () => {
    const gifts = rowsOf(await take('ke-toan-mau', 'gifts', { dang: 'csv' }))
    expect(gifts.length - 1).toBe(await number(whole, sql`select count(*) from donations where ${ofHaNoi}`))
    expect(new Set(column(gifts, 'Số')).size).toBe(gifts.length - 1)
    expect(sum(column(gifts, 'Số tiền (₫)'))).toBe(BigInt(await number(whole, sql`select sum(amount_vnd) from donations where ${ofHaNoi}`)))
    const round = { programmeSlug: 'ke-hoach-ha-noi-2019-2025', schoolYear: 2031, dueOn: '2031-08-15', by: 'bien-tap-mau' }
    expect(await setNeedRound(contextOf(whole, 'round'), round)).toMatchObject({ ok: true })
    // All communes of the plan as they are today; none answered.
    expect(rowsOf(await take('giam-doc-mau', 'unanswered', { dang: 'csv' }))).toHaveLength(1 + 9)
    const lines = rowsOf(await take('ke-toan-mau', 'bank_lines', { dang: 'csv' }))
    expect(new Set(column(lines, 'Tài khoản')).size).toBe(1)
    expect(lines.length - 1).toBe(
      await number(
        whole,
        sql`select count(*) from bank_transactions b join receiving_accounts a on a.id = b.receiving_account_id where ${ofHaNoi}`,
      ),
    )
  })

  it('is narrowed as its page is, and between two days of Việt Nam’s calendar', async () => {
    const waiting = rowsOf(await take('ke-toan-mau', 'bank_lines', { dang: 'csv', nhom: 'out' }))
    expect(new Set(column(waiting, 'Tình trạng'))).toEqual(new Set(['tiền ra chưa rõ']))
    const days = rowsOf(await take('ke-toan-mau', 'gifts', { dang: 'csv', tu: '2026-11-02', den: '2026-11-03' }))
    const moments = column(days, 'Nhận lúc')
    expect(moments.length).toBe(
      await number(
        whole,
        sql`select count(*) from donations where ${ofHaNoi} and received_at >= '2026-11-02T00:00:00+07:00' and received_at < '2026-11-04T00:00:00+07:00'`,
      ),
    )
    expect(moments.every((at) => /^2026-11-0[23] \d\d:\d\d:\d\d$/.test(at))).toBe(true)
    const [first] = column(rowsOf(await take('giam-doc-mau', 'needs', { dang: 'csv', nam: '2025' })), 'Năm học')
    expect(first).toBe('2025-2026')
    expect(await take('giam-doc-mau', 'gifts', { dang: 'csv', tu: 'hôm qua' })).toBe('not_a_day')
  })

  it('is for whom the rules allow, and has what reaches donors only for whom that is allowed', async () => {
    const heading = async (id: string) => rowsOf(await take(id, 'pledges', { dang: 'csv' }))[0]
    expect(await heading('ke-toan-mau')).toEqual(expect.arrayContaining(['Thư điện tử', 'Điện thoại', 'Mã số thuế']))
    expect(await heading('kiem-soat-mau')).not.toContain('Thư điện tử')
    expect(await take('bien-tap-mau', 'needs', { dang: 'csv' })).toBe('not_allowed')
    expect(await take('can-bo-xa-mau', 'needs', { dang: 'csv' })).toBe('not_allowed')
    expect(await take('ke-toan-mau', 'audit', { dang: 'csv' })).toBe('not_allowed')
  })
})
