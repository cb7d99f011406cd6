import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { asc, count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET } from '../../app/log/[...path]/route'
import { events, logCheckpoints, logKeyEnds, logKeys, logLeaves, logNodes } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { ensureAncestor, followPublished } from '../../lib/public-log/ancestor'
import { appendLeaves } from '../../lib/public-log/append'
import { getLogIdentity } from '../../lib/public-log/keys'
import { publishLog } from '../../lib/public-log/publish'
import { findLogFile } from '../../lib/public-log/serve'
import { openFolderVault, type LogVault } from '../../lib/public-log/vault'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { formatCheckpoint } from '../../lib/tlog/checkpoint'
import { EMPTY_ROOT } from '../../lib/tlog/hash'
import { formatSigningKey, formatVerifierKey, parseSigningKey } from '../../lib/tlog/keys'
import { formatNote, parseNote, signNote } from '../../lib/tlog/note'
import { bankNotice, makePledge } from '../factories/giving'
import { faultsOfLog, LOG_ORIGIN, publishAll, publishingOf, tellMany, verifyServed, waitingEvents } from '../factories/public-log'
import { makeCampaign, makeFunds } from '../factories/site'
import { atBoundary, vaultWithBoundaries, withBoundaries } from '../setup/boundaries'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { serve } from '../setup/server'
import { memoryVault } from '../setup/vault'

const open: TestDatabase[] = []
const folder = join(mkdtempSync(join(tmpdir(), 'tung-dong-log-')), 'log')
/** A site with a log of its own, and another whose log has the same name and key, as a database that was restored has. */
let database: TestDatabase
let context: TestContext
let restored: TestContext
const vault = openFolderVault(folder, 'uid', [])

async function bareSite(): Promise<TestContext> {
  const made = await testDatabase()
  open.push(made)
  if (open.length === 1) database = made
  return testContext(made.handle)
}
const sizes = async ({ db }: TestContext) =>
  (await db.select({ size: logCheckpoints.size }).from(logCheckpoints).orderBy(asc(logCheckpoints.size))).map(({ size }) => Number(size))

beforeAll(async () => {
  context = await bareSite()
  restored = await bareSite()
  await makeFunds(context)
})
afterAll(async () => {
  rmSync(dirname(folder), { recursive: true })
  for (const made of open) await made.close()
})

describe('leaves', () => {
  test('a gift stands in the log with its place and its bank line, and without a word about its donor', async () => {
    const campaign = await makeCampaign(context)
    const name = 'Nguyễn Thị Hoài Thương'
    const { code } = await makePledge(context, campaign.slug, { name, isNamed: true, message: 'Chúc các em ấm áp' })
    await receiveBankNotice(context, bankNotice({ memo: `${code} ${name}`, amountVnd: 250_000n }))
    await receiveBankNotice(context, bankNotice({ memo: 'khong co ma' }))
    await sequencePending(context.db, context.now())
    await appendLeaves(context.db)
    const leaves = (await context.db.select({ body: logLeaves.body }).from(logLeaves)).map(({ body }) => body)
    const gift = leaves.find((body) => body.includes(code)) ?? ''
    expect(JSON.parse(gift)).toMatchObject({
      ...{ v: 1, kind: 'donation', fund: 'ha-noi', line: campaign.lineId, pot: 'campaign', amountVnd: '250000', day: '2026-11-23' },
      ...{ gift: '1', bankLine: '1', toldBy: 'notice', intervals: [['0', '250000']] },
      facts: { account: 'ha-noi 01', code, via: 'bank' },
    })
    expect(gift).toMatch(/"nameCommitment":"[0-9a-f]{64}"/)
    // Canonical: names in order, no space, nothing that says nothing.
    expect(gift).toMatch(/^\{"amountVnd":"250000","bankLine":"1","day":/)
    expect(gift).not.toContain('null')
    expect(leaves.join()).not.toMatch(/Thương|thuong|ấm áp|khong co ma|000011112222/i)
  })

  test('however many are added at once, the tree is that of the definition, and every step of it is kept', async () => {
    await tellMany(context, 600, 'many')
    for (const most of [1, 250, 5, 90]) {
      await appendLeaves(context.db, { most, atOnce: 64 })
      await publishLog({ ...publishingOf(context, vault) })
    }
    await publishAll(publishingOf(context, vault))
    await tellMany(context, 3, 'more')
    await publishAll(publishingOf(context, vault))
    expect(await faultsOfLog(context.db)).toEqual([])
    expect(await sizes(context)).toEqual((await sizes(context)).toSorted((a, b) => a - b))
    const [nodes] = await context.db.select({ count: count() }).from(logNodes)
    expect(nodes?.count).toBe(2)
    // Nothing new, nothing published.
    const before = await sizes(context)
    await publishAll(publishingOf(context, vault))
    expect(await sizes(context)).toEqual(before)
  })
})

describe('the database', () => {
  test('refuses leaves and checkpoints that don’t fit', async () => {
    const [last] = (await sizes(context)).slice(-1)
    const root = `'\\x${'00'.repeat(32)}'`
    const at = `'2026-11-23T03:00:00Z'`
    const refusals = await Promise.all(
      [
        `update log_leaves set body = '{}' where position = 0`,
        `delete from log_checkpoints`,
        `update log_nodes set hash = ${root}`,
        `delete from log_keys`,
        `insert into log_leaves (position, body, hash) values (${last}, '{}', ${root})`,
        `insert into log_checkpoints (size, root, note, published_at) values (${last}, ${root}, 'x', ${at})`,
        `insert into log_checkpoints (size, root, note, published_at) values (1, ${root}, 'x', ${at})`,
        `insert into log_checkpoints (size, root, note, published_at) values (${(last ?? 0) + 1}, ${root}, 'x', ${at})`,
        `insert into log_keys (number, origin, verifier_key, added_at) values (1, 'other.example/log', 'other.example/log+1', ${at})`,
      ].map((statement) => refusalOf(context.db, statement)),
    )
    // The application's role on PostgreSQL may not even try to change history.
    expect(refusals.slice(0, 4).every((said) => /append-only|permission denied/.test(said))).toBe(true)
    expect(refusals[4]).toContain('log_leaves_hash')
    expect(refusals.slice(5, 7).every((said) => said.includes('was published before'))).toBe(true)
    expect(refusals[7]).toContain('does not say what it is kept under')
    expect(refusals[8]).toContain('another name')
  })
})

describe('a crash', () => {
  test('between keeping a checkpoint and showing it: the very same is shown later, and there is one of a size', async () => {
    await tellMany(context, 2, 'crash')
    const dies: LogVault = {
      ...vault,
      keepPublished(note) {
        vault.keepPublished(note)
        throw new Error('killed')
      },
    }
    await expect(publishLog(publishingOf(context, dies))).rejects.toThrow('killed')
    const kept = vault.readPublished()
    const before = await sizes(context)
    await tellMany(context, 2, 'after')
    await publishAll(publishingOf(context, vault))
    const after = await sizes(context)
    expect(after.slice(before.length).map((size) => size - (before.at(-1) ?? 0))).toEqual([2, 4])
    const notes = (await context.db.select({ note: logCheckpoints.note }).from(logCheckpoints)).map(({ note }) => note)
    expect(notes).toContain(kept)
    expect(await faultsOfLog(context.db)).toEqual([])
  })

  test('at any boundary between two steps: the next run goes on, and the log is one', async () => {
    for (let nth = 1, isCut = true; isCut; nth++) {
      await context.db.insert(events).values(waitingEvents(2, `cut-${nth}`))
      const { boundary, passed } = atBoundary(nth, () => {
        throw new Error('cut off')
      })
      const db = withBoundaries(context.db, boundary)
      const lead = async () => {
        await ensureAncestor(db, vault)
        await sequencePending(db, context.now())
        await publishAll({ ...publishingOf(context, vaultWithBoundaries(vault, boundary)), db })
      }
      const end = await lead().then(
        () => 'done',
        (error: unknown) => String(error),
      )
      isCut = passed() >= nth
      // The sequencer tries a batch again, event by event, so not every cut ends the run.
      expect(isCut ? ['Error: cut off', 'done'] : ['done']).toContain(end)
      if (!isCut) expect(nth).toBeGreaterThan(15)
    }
    expect((await sizes(context)).at(-1)).toBe(await context.db.$count(events))
    expect(await faultsOfLog(context.db)).toEqual([])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('two that publish at once make one log', async () => {
    await tellMany(context, 5, 'together')
    await Promise.allSettled(Array.from({ length: 4 }, () => publishAll(publishingOf(context, vault))))
    await publishAll(publishingOf(context, vault))
    expect(await faultsOfLog(context.db)).toEqual([])
  })
})

describe('a database from an older backup', () => {
  test('is refused until it has what was published, and signs nothing meanwhile', async () => {
    const size = (await sizes(context)).at(-1) ?? 0
    await tellMany(restored, 3, 'else')
    await publishAll(publishingOf(restored, { ...memoryVault(), readKeys: vault.readKeys }))
    const before = await sizes(restored)
    await expect(ensureAncestor(restored.db, vault)).rejects.toMatchObject({ refusal: 'behind' })
    await tellMany(restored, size, 'longer')
    await expect(publishLog(publishingOf(restored, vault))).rejects.toMatchObject({ refusal: 'forked' })
    expect(await sizes(restored)).toEqual(before)
    // What was published stays what is held against it, and the database that has all of it goes on.
    await ensureAncestor(context.db, vault)
  })

  test('is refused by a process that only waited to lead while another published', async () => {
    const [early] = await context.db.select().from(logCheckpoints).orderBy(asc(logCheckpoints.size)).limit(1)
    for (const own of [null, early?.note ?? '']) {
      const waiting = memoryVault()
      if (own !== null) waiting.keepPublished(own)
      await followPublished(context.db, waiting)
      expect(waiting.readPublished()).toBe(vault.readPublished())
      await expect(followPublished(restored.db, waiting)).rejects.toMatchObject({ refusal: 'forked' })
      expect(waiting.readPublished()).toBe(vault.readPublished())
    }
  })

  test('is not what a process sees that waits while another of its machine keeps the next checkpoint', async () => {
    const keys = vault.readKeys().flatMap((text) => parseSigningKey(text) ?? [])
    const text = formatCheckpoint({ origin: LOG_ORIGIN, size: ((await sizes(context)).at(-1) ?? 0) + 1, root: EMPTY_ROOT })
    let kept = vault.readPublished()
    const asked = withBoundaries(context.db, () => {
      kept = formatNote(
        text,
        keys.map((key) => signNote(text, key)),
      )
    })
    await ensureAncestor(asked, { ...vault, readPublished: () => kept })
    await expect(ensureAncestor(context.db, { ...vault, readPublished: () => kept })).rejects.toMatchObject({ refusal: 'behind' })
  })

  test('a checkpoint beside the key that the key did not sign is refused', async () => {
    const note = vault.readPublished() ?? ''
    for (const changed of [note.replace(LOG_ORIGIN, 'other.example/log'), note.replace(/.{4}$/s, 'A==\n'), '']) {
      const wrong = { ...memoryVault(), readPublished: () => changed }
      await expect(ensureAncestor(context.db, wrong)).rejects.toMatchObject({ refusal: 'not_ours' })
    }
  })
})

/** What a sceptic's program says of this log; what is served may be changed on the way. */
const verified = (change?: (path: string, body: Buffer) => Buffer, ...more: string[]) => {
  serve(context, database, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [] } })
  return verifyServed({ change, more })
}

describe('the log as it is served', () => {
  const file = async (path: string) => {
    serve(context, database, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [] } })
    return GET(new Request(`https://example.org/log/${path}`), { params: Promise.resolve({ path: path.split('/') }) })
  }
  const turned = (at: number) => (body: Buffer) => Buffer.from(body.map((byte, index) => (index === at ? byte ^ 4 : byte)))

  test('has what C2SP tlog-tiles says, and nothing beyond the tree', async () => {
    const size = (await sizes(context)).at(-1) ?? 0
    const edge = size % 256
    const answers = async (paths: string[]) => Promise.all(paths.map(async (path) => (await file(path)).status))
    const there = ['checkpoint', 'vkey', `checkpoints/${size}`, 'tile/0/000', 'tile/0/000.p/255', `tile/0/002.p/${edge}`]
    there.push('checkpoints/from/1', `checkpoints/before/${size}`)
    there.push('tile/1/000.p/1', 'tile/1/000.p/2', 'tile/entries/001', `tile/entries/002.p/${edge}`)
    expect(await answers(there)).toEqual(there.map(() => 200))
    const missing = [
      `checkpoints/${size + 1}`,
      'tile/0/002',
      `tile/0/002.p/${edge + 1}`,
      'tile/1/000.p/3',
      'checkpoints/from/0',
      'tile/2/000.p/1',
      'tile/0/0',
      'x',
    ]
    missing.push('tile/entries/003.p/1', 'tile/0/x000/000', 'tile/0/000.p/256', `tile/entries/002.p/${edge + 1}`)
    expect(await answers(missing)).toEqual(missing.map(() => 404))

    const all = await sizes(context)
    const listed = async (path: string) => (await (await file(path)).text()).split('\n').slice(0, -1).map(Number)
    expect(await listed('checkpoints/from/2')).toEqual(all.filter((one) => one >= 2).slice(0, 256))
    expect((await listed(`checkpoints/before/${size}`))[0]).toBe(all.at(-2))
    expect(await listed(`checkpoints/from/${size + 1}`)).toEqual([])

    const checkpoint = await file('checkpoint')
    expect([checkpoint.headers.get('content-type'), checkpoint.headers.get('cache-control')]).toEqual([
      'text/plain; charset=utf-8',
      'public, max-age=1',
    ])
    const tile = await file('tile/0/000')
    expect([tile.headers.get('content-type'), tile.headers.get('cache-control')]).toEqual([
      'application/octet-stream',
      'public, max-age=31536000, immutable',
    ])
    expect((await tile.arrayBuffer()).byteLength).toBe(8_192)
  })

  test('is checked by a program that knows nothing of ours, from its root to the sums', async () => {
    const [key = ''] = (await (await file('vkey')).text()).split('\n')
    const saved = join(dirname(folder), 'saved')
    const first = await verified(undefined, '--key', key, '--save', saved)
    expect(first.said).toContain('All of it agrees.')
    expect(first.said).toContain('ha-noi: 435.000 ₫ received')
    await tellMany(context, 3, 'since')
    await publishAll(publishingOf(context, vault))
    expect((await verified(undefined, '--key', key, '--since', saved)).said).toContain('changed none of them')
    const [early] = await sizes(context)
    const forged = await verified((path, body) => (path === `checkpoints/${early}` ? turned(40)(body) : body))
    expect([forged.code, forged.said]).toEqual([
      1,
      expect.stringContaining(`the checkpoint of ${early} entries that the site keeps is forged`),
    ])
    const stranger = parseSigningKey(formatSigningKey(LOG_ORIGIN, 'note', new Uint8Array(32).fill(7)))
    expect((await verified(undefined, '--key', stranger ? formatVerifierKey(stranger) : '')).said).toContain(
      'not signed by the key of the log',
    )
  })

  test.each([
    ['checkpoint', 3],
    ['checkpoint', 30],
    ['checkpoint', 150],
    ['tile/0/000', 5_000],
    ['tile/1/000.p/2', 40],
    ['tile/entries/000', 900],
    ['tile/entries/001', 0],
  ])('with a bit of %s turned, at %d, is found', async (path, at) => {
    const { code, said } = await verified((asked, body) => (asked === path ? turned(at)(body) : body))
    expect([code, said.includes('WRONG')]).toEqual([1, true])
  })
})

describe('keys', () => {
  test('are made once, readable by this user alone, and found again', async () => {
    expect(await context.db.$count(logKeys)).toBe(1)
    expect(readdirSync(folder).toSorted()).toEqual(['uid.checkpoint', 'uid.key'])
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600])
    const made = vault.readKeys()
    vault.makeKey('another')
    expect([vault.readKeys(), readdirSync(folder).length]).toEqual([made, 2])
    await tellMany(context, 1, 'without')
    const elsewhere = openFolderVault(join(folder, 'elsewhere'), 'uid', [])
    await expect(publishAll(publishingOf(context, elsewhere))).rejects.toMatchObject({ refusal: 'key_missing' })
  })

  test('change where the former is held too, and both sign until it is put away', async () => {
    const [first = ''] = vault.readKeys()
    const second = formatSigningKey(LOG_ORIGIN, 'note', new Uint8Array(32).fill(2))
    const memory = memoryVault()
    const holding = (...keys: string[]) => ({ ...memory, readKeys: () => keys })
    const signatures = async (name: string, ...keys: string[]) => {
      await tellMany(restored, 1, name)
      await publishAll(publishingOf(restored, holding(...keys)))
      return parseNote(memory.readPublished() ?? '')?.signatures.length
    }
    expect(await signatures('a', first)).toBe(1)
    await expect(signatures('b', second)).rejects.toMatchObject({ refusal: 'key_unknown' })
    expect(await signatures('c', second, first)).toBe(2)
    expect(await signatures('d', second)).toBe(1)
    await expect(signatures('e', first)).rejects.toMatchObject({ refusal: 'key_unknown' })
    // From then on the former one says nothing any more, though it comes back, and everybody can see until when it did.
    const [, both = 0, alone = 0] = (await sizes(restored)).slice(-3)
    expect(await restored.db.select({ number: logKeyEnds.number, lastSize: logKeyEnds.lastSize }).from(logKeyEnds)).toEqual([
      { number: 0, lastSize: BigInt(both) },
    ])
    expect(await signatures('f', second, first)).toBe(1)
    const [formerKey, newKey] = (await getLogIdentity(restored.db))?.keys ?? []
    expect([formerKey?.lastSize, newKey?.lastSize]).toEqual([both, null])
    expect(Buffer.from((await findLogFile(restored.db, 'vkey/ended'))?.bytes ?? []).toString()).toMatch(new RegExp(` ${both}\\n$`))
    // What it alone signed of a larger log would be taken up by nobody.
    const [root] = await restored.db
      .select({ root: logCheckpoints.root })
      .from(logCheckpoints)
      .where(eq(logCheckpoints.size, BigInt(alone)))
    const stolen = parseSigningKey(first)
    const text = formatCheckpoint({ origin: LOG_ORIGIN, size: alone, root: root?.root ?? new Uint8Array() })
    const forged = stolen ? formatNote(text, [signNote(text, stolen)]) : ''
    await expect(ensureAncestor(restored.db, { ...memory, readPublished: () => forged })).rejects.toMatchObject({ refusal: 'not_ours' })
    const at = `'2026-11-23T03:00:00Z'`
    for (const [values, why] of [
      [`(1, ${alone}, ${at})`, 'the newest key'],
      [`(0, ${both}, ${at})`, 'ends with the newest checkpoint'],
    ] as const)
      expect(await refusalOf(restored.db, `insert into log_key_ends (number, last_size, ended_at) values ${values}`)).toContain(why)
    expect(await faultsOfLog(restored.db)).toEqual([])
  })
})
