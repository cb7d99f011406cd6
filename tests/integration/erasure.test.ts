import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openEmbedded } from '../../db/embedded'
import { openPostgres } from '../../db/postgres'
import { bankNotices, bankTransactions, disclosures, donations, events, giverWords, logLeaves, pledges } from '../../db/schema'
import { sqlStateOf } from '../../db/sql-state'
import { closeDay, tellPlaced } from '../../lib/bank/close'
import { receiveBankNotice } from '../../lib/bank/commands'
import { eraseDonor } from '../../lib/donors/erase'
import { mayRewrite, rewriteErased } from '../../lib/donors/rewrite'
import { readEnv } from '../../lib/env'
import { getGoodsGift } from '../../lib/goods/queries'
import { getGift } from '../../lib/pledges/queries'
import { makeLineFiles, removeOutdatedBytes } from '../../lib/public-lines/make-files'
import { followAllLines } from '../../lib/public-lines/follow'
import { openFolderVault } from '../../lib/public-log/vault'
import { takeAwayLeftovers } from '../../lib/rebuild/places'
import { createRetention } from '../../lib/retention/forget'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { LOG_ORIGIN, publishAll, publishingOf, verifyServed } from '../factories/public-log'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { embeddedSnapshot, testDatabase, type TestDatabase } from '../setup/database'
import { withFiles } from '../setup/files'
import { databaseUrl } from '../setup/postgres-server'
import { OWNER } from '../setup/roles'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
let slug: string

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: '2026-11-23T03:00:00Z' })
  await makeFunds(context)
  slug = (await makeCampaign(context)).slug
})
afterAll(() => database.close())

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(context.now().getTime() - days * DAY_MS)

/** Columns of the whole database in which a text stands, whatever their type. */
async function placesOf(text: string): Promise<string[]> {
  const columns = await context.db
    .select({ table: sql<string>`table_name`, column: sql<string>`column_name`, type: sql<string>`data_type` })
    .from(sql`information_schema.columns`)
    .where(sql`table_schema = 'public' and data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')`)
  expect(columns.length).toBeGreaterThan(100)
  const places: string[] = []
  for (const { table, column, type } of columns) {
    const name = sql`${sql.identifier(table)}.${sql.identifier(column)}`
    const isThere =
      type === 'bytea' ? sql`position(convert_to(${text}, 'UTF8') in ${name}) > 0` : sql`position(${text} in ${name}::text) > 0`
    const [found] = await context.db
      .select({ rows: sql<number>`count(*)::int` })
      .from(sql`${sql.identifier(table)}`)
      .where(isThere)
    if (found && found.rows > 0) places.push(`${table}.${column}`)
  }
  return places
}

const WHO = { name: 'Hoàng Thị Tuyết Mai', isNamed: true, message: 'Chúc các em ấm', email: 'tuyet-mai@example.org' }

/** A gift of money that arrived so many days ago, with its donor's name in the memo and in the notice. */
async function give(days: number): Promise<string> {
  const { code } = await makePledge(context, slug, WHO)
  const memo = `${WHO.name} ${code} FT1`
  await receiveBankNotice(context, bankNotice({ memo, transactedAt: daysAgo(days), body: { content: memo } }))
  await sequencePending(context.db, context.now())
  await followAllLines(context.db, context.now())
  return code
}

describe('erasing a donor', () => {
  test('leaves nothing of name, message and address in any table, and the gift where it is', async () => {
    const code = await give(40)
    expect((await placesOf(WHO.name)).toSorted()).toEqual(['bank_notices.body', 'bank_transactions.memo', 'disclosures.text'])
    expect(await placesOf('tuyet')).toContain('public_line_words.word')
    const before = await getGift(context, code, 'vi')
    expect(before?.publicName).toBe(WHO.name)
    expect(value(await eraseDonor(context, { code }))).toEqual({ texts: 2, contacts: 1, notices: 1, memos: 1 })
    await sequencePending(context.db, context.now())
    for (const text of [WHO.name, 'hoang thi tuyet mai', 'tuyet', WHO.message, WHO.email]) expect(await placesOf(text), text).toEqual([])
    const after = await getGift(context, code, 'vi')
    expect(after).toMatchObject({ publicName: 'Một nhà hảo tâm', message: null, isNamed: false, state: 'received' })
    expect(after?.gifts).toEqual(before?.gifts)
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('is a public fact, and leaves the commitments of history', async () => {
    const code = await give(40)
    await eraseDonor(context, { code })
    const facts = await context.db
      .select({ kind: events.kind, facts: events.facts })
      .from(events)
      .innerJoin(donations, eq(donations.id, events.donationId))
      .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
      .where(eq(pledges.code, code))
      .orderBy(events.id)
    const [donation, erasure] = facts
    expect(facts.map(({ kind }) => kind)).toEqual(['donation', 'erasure'])
    const committed = Object.values(donation?.facts ?? {}).filter((fact) => /^[0-9a-f]{64}$/.test(String(fact)))
    expect(committed).toHaveLength(2)
    expect(erasure?.facts).toEqual({ commitments: committed.map(String).toSorted() })
    expect(JSON.stringify(facts)).not.toContain(WHO.name)
  })

  test('said twice erases nothing more, and is one fact', async () => {
    const code = await give(40)
    await eraseDonor(context, { code })
    const [before] = await context.db.select({ count: sql<number>`count(*)::int` }).from(events)
    expect(value(await eraseDonor(context, { code }))).toEqual({ texts: 0, contacts: 0, notices: 0, memos: 0 })
    const [after] = await context.db.select({ count: sql<number>`count(*)::int` }).from(events)
    // That there was nothing left is another fact, once.
    await eraseDonor(context, { code })
    const [last] = await context.db.select({ count: sql<number>`count(*)::int` }).from(events)
    expect([after?.count, last?.count]).toEqual([(before?.count ?? 0) + 1, (before?.count ?? 0) + 1])
  })

  test('takes the phone and the note of who gives goods', async () => {
    const { code } = await makeGoods(context, slug, { ...WHO, phone: '0900000042', note: 'Gặp bảo vệ ở cổng sau' })
    await receiveGoods(context, code)
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ isErased: false, publicName: WHO.name })
    await eraseDonor(context, { code })
    await sequencePending(context.db, context.now())
    expect(await getGoodsGift(context, code, 'vi')).toMatchObject({ isErased: true, message: null })
    for (const text of [WHO.email, '0900000042', 'cổng sau']) expect(await placesOf(text), text).toEqual([])
    expect(await eraseDonor(context, { code: 'TD2222222' })).toEqual({ ok: false, refusal: 'not_found' })
  })

  test('leaves the memo while the bank may tell of the line again, and then reduces it', async () => {
    const code = await give(2)
    expect(value(await eraseDonor(context, { code })).memos).toBe(0)
    expect(await placesOf(WHO.name)).toEqual(['bank_transactions.memo'])
    context.advance(40 * DAY_MS)
    expect((await createRetention(context).run()).memos).toBe(1)
    expect(await placesOf(WHO.name)).toEqual([])
  })
})

/** A database whose files can be looked into, and the files and relations of it in which a text stands. */
async function openToFiles(folder: string) {
  const made = await testDatabase()
  if (made.engine === 'postgres') {
    const admin = openPostgres(databaseUrl(inject('postgresUrl'), new URL(made.url ?? '').pathname.slice(1)))
    const filesWith = async (text: string) => {
      await admin.db.execute(sql`checkpoint`)
      const rows = await admin.db
        .select({ name: sql<string>`relname` })
        .from(sql`pg_class`)
        .where(
          sql`pg_relation_filepath(oid) is not null and position(${Buffer.from(text).toString('hex')}
            in encode(pg_read_binary_file(pg_relation_filepath(oid), 0, pg_relation_size(oid)), 'hex')) > 0`,
        )
      return rows.map(({ name }) => name)
    }
    const close = async () => {
      await admin.close()
      await made.close()
    }
    return { ...made, owner: made.owner ?? made.handle, filesWith, close }
  }
  await made.close()
  const handle = await openEmbedded(join(folder, 'database'), embeddedSnapshot())
  const filesWith = async (text: string) => {
    await handle.db.execute(sql`checkpoint`)
    const relations = await handle.db
      .select({ name: sql<string>`relname`, file: sql<string>`pg_relation_filenode(oid)::text` })
      .from(sql`pg_class`)
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
      .map((entry) => relations.find(({ file }) => file === entry.name)?.name ?? entry.name)
  }
  return { engine: made.engine, handle, owner: handle, filesWith, close: () => handle.close() }
}

test('erasing leaves nothing in files either, and the log as it was: commitments, checkpoints and proofs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tung-dong-erased-'))
  const vault = openFolderVault(join(folder, 'log'), 'uid', [])
  const { engine, handle, owner, filesWith, close } = await openToFiles(folder)
  try {
    const site = testContext(handle, { now: '2026-11-23T03:00:00Z' })
    await makeFunds(site)
    const campaign = await makeCampaign(site)
    const giveAs = async (who: typeof WHO) => {
      const { code } = await makePledge(site, campaign.slug, who)
      const memo = `${who.name} ${code} FT1`
      await receiveBankNotice(site, bankNotice({ memo, transactedAt: new Date('2026-10-10T03:00:00Z'), body: { content: memo } }))
      return code
    }
    const code = await giveAs(WHO)
    await giveAs({ ...WHO, name: 'Trần Văn Hùng', message: 'Chúc các bạn vui', email: 'hung@example.org' })
    await sequencePending(site.db, site.now())
    await followAllLines(site.db, site.now())
    await site.db.update(bankTransactions).set({ postedOn: '2026-10-10' })
    await tellPlaced(site, 1, '2026-10-10')
    value(await closeDay(site, { accountId: 1, day: '2026-10-10', openingVnd: 0n, closingVnd: 370_000n, by: 'ke-toan' }))
    await sequencePending(site.db, site.now())
    await followAllLines(site.db, site.now())
    const kept = withFiles(site, { path: join(folder, 'files'), remove: () => undefined })
    const statements = () =>
      readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(await makeLineFiles(kept)).toBe(2)
    expect(statements().some((text) => text.includes(WHO.name))).toBe(true)
    await publishAll(publishingOf(site, vault))
    serve(site, { engine, handle, close }, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [] } })
    const saved = join(folder, 'saved')
    expect(await verifyServed({ more: ['--save', saved] })).toMatchObject({ code: 0 })
    await owner.db.execute(sql`analyze`)
    const words = [WHO.name, WHO.message, WHO.email, 'hoang thi tuyet mai', 'tuyet', 'Tuyết']
    for (const word of words) expect((await filesWith(word)).length, word).toBeGreaterThan(0)
    const listed = await site.db.$count(giverWords)
    const leaves = async () =>
      (await site.db.select({ body: logLeaves.body }).from(logLeaves).orderBy(logLeaves.position)).map(({ body }) => body)
    const before = await leaves()

    value(await eraseDonor(site, { code }))
    await sequencePending(site.db, site.now())
    await followAllLines(site.db, site.now())
    await publishAll(publishingOf(site, vault))
    await removeOutdatedBytes(kept)
    expect(statements().filter((text) => text.includes(WHO.name))).toEqual([])
    expect([await mayRewrite(owner), await mayRewrite(handle)]).toEqual([true, engine === 'embedded'])
    await rewriteErased({ db: owner.db, engine })
    for (const word of words) expect(await filesWith(word), word).toEqual([])
    expect((await filesWith('Trần Văn Hùng')).length).toBeGreaterThan(0)
    expect([await site.db.$count(disclosures), (await site.db.$count(giverWords)) < listed]).toEqual([2, true])
    expect(await getGift(site, code, 'vi')).toMatchObject({
      publicName: 'Một nhà hảo tâm',
      message: null,
      isErased: true,
      state: 'received',
    })
    const after = await leaves()
    expect(after.slice(0, before.length)).toEqual(before)
    const gift = before.find((body) => body.includes(code)) ?? ''
    const commitments = gift.match(/(?<="(?:name|message)Commitment":")[0-9a-f]{64}/g) ?? []
    expect(JSON.parse(after.at(-1) ?? '')).toMatchObject({ kind: 'erasure', facts: { commitments: commitments.toSorted() } })
    const { code: end, said } = await verifyServed({ more: ['--since', saved] })
    expect([end, said.includes('changed none of them'), said.includes('All of it agrees.')]).toEqual([0, true, true])
  } finally {
    await close()
    rmSync(folder, { recursive: true })
  }
})

describe('what is kept no longer', () => {
  test('goes in batches: bodies of notices, and who promised what never came', async () => {
    const paid = await give(1)
    const unpaid = await Promise.all([1, 2, 3].map(() => makePledge(context, slug, WHO)))
    const retention = createRetention(context, 2)
    expect(await retention.run()).toMatchObject({ notices: 0, unpaid: 0, memos: 0 })
    context.advance(98 * DAY_MS)
    const forgotten = await retention.run()
    expect(forgotten.unpaid).toBe(unpaid.length * 3)
    expect(forgotten.notices).toBeGreaterThan(0)
    // What came keeps its name; of what did not come nobody is known.
    expect((await getGift(context, paid, 'vi'))?.publicName).toBe(WHO.name)
    for (const { code } of unpaid) expect((await getGift(context, code, 'vi'))?.publicName).toBe('Một nhà hảo tâm')
    expect(await placesOf(WHO.email)).toEqual(['pledge_contacts.email'])
    expect(
      await context.db
        .select()
        .from(bankNotices)
        .where(sql`body <> '{}'`),
    ).toEqual([])
    expect(await retention.run()).toMatchObject({ notices: 0, unpaid: 0, memos: 0 })
  })

  test('stays where a person has still to look at it', async () => {
    await receiveBankNotice(context, bankNotice({ providerEventId: 'twice', amountVnd: 11_000n, body: { told: 'first' } }))
    await receiveBankNotice(context, bankNotice({ providerEventId: 'twice', amountVnd: 12_000n, body: { told: 'otherwise' } }))
    context.advance(98 * DAY_MS)
    await createRetention(context).run()
    const rows = await context.db
      .select({ outcome: bankNotices.outcome, body: bankNotices.body })
      .from(bankNotices)
      .where(eq(bankNotices.providerEventId, 'twice'))
      .orderBy(bankNotices.id)
    expect(rows).toEqual([
      { outcome: 'booked', body: {} },
      { outcome: 'contradiction', body: { told: 'otherwise' } },
    ])
  })
})

describe('the tables refuse', () => {
  const refused = async (work: Promise<unknown>) => sqlStateOf(await work.then(() => null).catch((error: unknown) => error))
  const RESTRICTED = '23001'

  test.each([
    ['another body', sql`update bank_notices set body = '{"a": 1}'`],
    ['another outcome', sql`update bank_notices set body = '{}', outcome = 'merged'`],
    ['blanking what contradicts', sql`update bank_notices set body = '{}' where outcome = 'contradiction'`],
  ])('%s of a notice', async (_what, statement) => {
    expect(await refused(context.db.execute(statement))).toBe(RESTRICTED)
  })

  test('another memo, and reducing one that is needed', async () => {
    const code = await give(40)
    const [line] = await context.db
      .select({ id: donations.bankTransactionId })
      .from(donations)
      .innerJoin(pledges, eq(pledges.id, donations.pledgeId))
      .where(eq(pledges.code, code))
    const set = (memo: string) =>
      context.db
        .update(bankTransactions)
        .set({ memo })
        .where(eq(bankTransactions.id, line?.id ?? 0n))
    expect(await refused(set('something else'))).toBe(RESTRICTED)
    // Nobody asked for it, and ten years have not passed.
    expect(await refused(set(code))).toBe(RESTRICTED)
    await eraseDonor(context, { code })
    expect(await refused(set('something else'))).toBe(RESTRICTED)
    expect(await refused(context.db.execute(sql`delete from bank_notices`))).toMatch(/^(23001|42501)$/)
  })
})

test.runIf(inject('engine') === 'postgres')('a copy that a rebuild left is taken away, as soon as nobody uses it', async () => {
  const { url = '', ownerUrl = '' } = database
  const name = `${new URL(ownerUrl).pathname.slice(1)}_rebuild`
  const admin = openPostgres(inject('postgresUrl'))
  await admin.db.execute(sql`create database ${sql.identifier(name)} owner ${sql.identifier(OWNER.name)}`)
  const takeAway = () => takeAwayLeftovers(readEnv({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }))
  const used = openPostgres(databaseUrl(inject('postgresUrl'), name))
  await used.db.execute(sql`select 1`)
  expect(await takeAway()).toBe(false)
  await used.close()
  const isUsed = sql`pg_stat_activity where datname = ${name}`
  await expect.poll(async () => (await admin.db.select({ pid: sql`pid` }).from(isUsed)).length).toBe(0)
  expect(await takeAwayLeftovers(readEnv({ DATABASE_URL: url }))).toBe(false)
  expect([await takeAway(), await takeAway()]).toEqual([true, true])
  const [left] = await admin.db.select({ count: sql<number>`count(*)::int` }).from(sql`pg_database where datname = ${name}`)
  expect(left?.count).toBe(0)
  await admin.close()
})
