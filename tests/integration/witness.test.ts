import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { GET } from '../../app/log/[...path]/route'
import { POST } from '../../app/log/witness/add-checkpoint/route'
import { eventPositions, events, logCosignatures, logWitnesses } from '../../db/schema'
import type { ServerContext } from '../../lib/context'
import { followAllLines } from '../../lib/public-lines/follow'
import { lastCheckpoint } from '../../lib/public-log/ancestor'
import { askWitness, type WitnessAddress } from '../../lib/public-log/ask-witness'
import { keepAnswer } from '../../lib/public-log/objections'
import { proveConsistency, rootAt } from '../../lib/public-log/hashes'
import { findLogFile } from '../../lib/public-log/serve'
import { signEmptyLog } from '../../lib/public-log/publish'
import { readWitnesses } from '../../lib/public-log/witness-list'
import { getHealth } from '../../lib/site/health'
import { runSequencer } from '../../lib/site/sequencing'
import { witnessing } from '../../lib/site/witnessing'
import { findCosignature, formatAddCheckpoint } from '../../lib/tlog/add-checkpoint'
import { formatCheckpoint } from '../../lib/tlog/checkpoint'
import { formatSigningKey, formatVerifierKey, parseSigningKey, type SigningKey } from '../../lib/tlog/keys'
import { formatNote, openNote, parseNote, signNote } from '../../lib/tlog/note'
import { readWitnessedLog } from '../../lib/witness/logs'
import { openWitness } from '../../lib/witness/witness'
import { LOG_ORIGIN, publishAll, publishingOf, tellMany, verifyServed, waitingEvents } from '../factories/public-log'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { serve, serverContextOf } from '../setup/server'
import { memoryVault } from '../setup/vault'

const folder = mkdtempSync(join(tmpdir(), 'tung-dong-witness-'))
const vault = memoryVault()
const never = new AbortController().signal
let database: TestDatabase
let context: TestContext
let logKey: SigningKey
let child: ChildProcess
let witness: WitnessAddress

const keyOf = (name: string, type: 'note' | 'cosignature', seed: number): SigningKey => {
  const key = parseSigningKey(formatSigningKey(name, type, new Uint8Array(32).fill(seed)))
  if (!key) throw new Error('a key for a test is malformed')
  return key
}

/** A witness of its own process, as npm run witness starts one. */
async function startWitness(): Promise<void> {
  const of = ['--folder', join(folder, 'one'), '--name', 'other.example/witness', '--port', '0', '--log', formatVerifierKey(logKey)]
  child = spawn(process.execPath, ['--import', 'tsx', 'scripts/witness.ts', '--child', ...of], { stdio: ['pipe', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('a witness has no output')
  const [line] = z.tuple([z.string()]).parse(await once(createInterface(child.stdout), 'line'))
  const [started] = readWitnesses(line) ?? []
  if (!started) throw new Error(line)
  witness = started
}
async function killWitness(): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** A witness in this process that saw nothing yet. */
async function startFresh(): Promise<{ at: WitnessAddress; stop: () => void }> {
  const own = openWitness({
    ...{ folder: join(folder, 'fresh'), name: 'fresh.example/witness', given: null, logs: [{ key: logKey, origin: LOG_ORIGIN }] },
    ...{ random: context.random, now: () => new Date() },
  })
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = own.addCheckpoint(body)
      response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const stop = () => {
    server.close()
    own.close()
  }
  return { at: { key: own.verifierKey, url: `http://127.0.0.1:${port}` }, stop }
}

const grow = async (count: number, name: string): Promise<number> => {
  await tellMany(context, count, name)
  return publishAll(publishingOf(context, vault))
}
const newest = async () => (await lastCheckpoint(context.db)) ?? { size: 0, note: '' }
const noteOf = (size: number, root: Uint8Array, key = logKey, origin = LOG_ORIGIN) => {
  const text = formatCheckpoint({ origin, size, root })
  return formatNote(text, [signNote(text, key)])
}
/** The checkpoint of our log at a size, as it was or would have been published. */
const noteAt = async (size: number) => noteOf(size, await rootAt(context.db, size))

async function post(body: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}
const ask = async (oldSize: number, checkpoint: string, proof?: Uint8Array[]) => {
  const size = Number(checkpoint.split('\n')[1])
  return post(formatAddCheckpoint({ oldSize, proof: proof ?? (await proveConsistency(context.db, oldSize, size)), checkpoint }))
}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await grow(5, 'first')
  logKey = parseSigningKey(vault.readKeys()[0] ?? '') ?? keyOf('none', 'note', 1)
  await startWitness()
})
afterAll(async () => {
  child.kill('SIGKILL')
  await database.close()
  rmSync(folder, { recursive: true })
})

describe('a witness', () => {
  test('cosigns what goes on from what it saw, and answers everything else as C2SP tlog-witness says', async () => {
    const note = await noteAt(3)
    const other = keyOf(LOG_ORIGIN, 'note', 9)
    const stranger = keyOf('stranger.example/log', 'note', 9)
    const root = await rootAt(context.db, 3)
    const unsigned = noteOf(3, root, other)
    const broken = note.replace(/.{10}==\n$/, 'AAAAAAAAAA==\n').replace(/.{10}=\n$/, 'AAAAAAAAAA=\n')
    const empty = noteOf(0, root)
    expect([
      (await post('')).status,
      (await post(`old 03\n\n${note}`)).status,
      (await post(`old 0\nAAAA\n\n${note}`)).status,
      (await ask(0, noteOf(3, root, stranger, 'stranger.example/log'))).status,
      (await ask(0, unsigned)).status,
      (await ask(0, broken)).status,
      (await ask(4, note, [])).status,
      (await ask(0, note, [root])).status,
      (await ask(0, empty)).status,
    ]).toEqual([400, 400, 400, 404, 403, 403, 400, 422, 422])
    // None of it left a trace.
    const first = await ask(0, note)
    expect([first.status, first.type]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(findCosignature(parseNote(note)?.text ?? '', first.text, witness.key)?.timestamp).toBeGreaterThan(1_700_000_000n)
    expect(await ask(0, note)).toMatchObject({ status: 409, type: 'text/x.tlog.size', text: '3\n' })
    // Asked again it says what it said, and writes nothing.
    expect(await ask(3, note)).toMatchObject({ status: 200, text: first.text })
    // A second history of one name: of the same size, and of a larger one, with whatever proof.
    const fork = createHash('sha256').update('fork').digest()
    const proof = await proveConsistency(context.db, 3, 5)
    expect([(await ask(3, noteOf(3, fork), [])).status, (await ask(3, noteOf(5, fork), proof)).status]).toEqual([422, 422])
    expect((await ask(3, await noteAt(5), proof.slice(1))).status).toBe(422)
    // Never back, also with a proof that is right.
    expect((await ask(2, note)).status).toBe(409)
  })

  test('of two that ask at once cosigns one, and says to the other how far it is', async () => {
    const answers = await Promise.all([ask(3, await noteAt(4)), ask(3, await noteAt(5))])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const won = answers[0].status === 200 ? 4 : 5
    expect(answers.find(({ status }) => status === 409)?.text).toBe(`${won}\n`)
  })

  test('killed and started again has the same key and knows what it saw; its folder is for one process and one user', async () => {
    expect((await ask(4, await noteAt(5))).status).toBeOneOf([200, 409])
    const { key } = witness
    await killWitness()
    await startWitness()
    expect(formatVerifierKey(witness.key)).toBe(formatVerifierKey(key))
    expect(await ask(0, await noteAt(5))).toMatchObject({ status: 409, text: '5\n' })
    const own = join(folder, 'one')
    const modes = readdirSync(own).map((name) => [name.replace(/^[0-9a-f]{64}/, ''), statSync(join(own, name)).mode & 0o077])
    expect(modes.toSorted()).toEqual([
      ['.checkpoint', 0],
      ['key', 0],
      ['lock.json', 0],
    ])
    const again = () => openWitness({ folder: own, name: 'x', given: null, logs: [], random: context.random, now: context.now })
    expect(again).toThrow('in use by process')
    // Anybody can see what it cosigned last.
    const shown = await (await fetch(`${witness.url}/${createHash('sha256').update(LOG_ORIGIN).digest('hex')}/checkpoint`)).text()
    const opened = openNote(shown, [logKey, key])
    expect(opened.ok && opened.verified.map(({ key: by }) => by.name)).toEqual([LOG_ORIGIN, 'other.example/witness'])
    expect((await fetch(`${witness.url}/${'0'.repeat(64)}/checkpoint`)).status).toBe(404)
  })
})

test('a witness that is asked again and again makes a new line once a minute, and none of an earlier time', async () => {
  let at = 1_800_000_000
  const own = openWitness({
    ...{ folder: join(folder, 'replayed'), name: 'example.org/witness', given: null, logs: [{ key: logKey, origin: LOG_ORIGIN }] },
    ...{ random: context.random, now: () => new Date(at * 1_000) },
  })
  const said = async (oldSize: number, size: number) => {
    const checkpoint = await noteAt(size)
    const proof = await proveConsistency(context.db, oldSize, size)
    const { body } = own.addCheckpoint(formatAddCheckpoint({ oldSize, proof, checkpoint }))
    return Number(findCosignature(parseNote(checkpoint)?.text ?? '', body, own.verifierKey)?.timestamp)
  }
  const times = [await said(0, 2)]
  for (const step of [59, -3_000, 3_001, 0]) {
    at += step
    times.push(await said(2, 2))
  }
  at -= 3_000
  times.push(await said(2, 3))
  expect(times.map((time) => time - 1_800_000_000)).toEqual([0, 0, 0, 60, 60, 60])
  own.close()
})

test('a log whose key is named otherwise is cosigned under its own name', () => {
  const key = keyOf('signer.example', 'note', 5)
  const witnessed = readWitnessedLog(`${formatVerifierKey(key)} named.example/log`)
  const own = openWitness({
    ...{ folder: join(folder, 'named'), name: 'example.org/witness', given: null, logs: witnessed ? [witnessed] : [] },
    ...{ random: context.random, now: () => new Date() },
  })
  const said = (origin: string) =>
    own.addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: noteOf(1, new Uint8Array(32), key, origin) })).status
  expect([said('named.example/log'), said('signer.example')]).toEqual([200, 404])
  own.close()
})

describe('the log', () => {
  test('is cosigned by the witness it asks, which its checkpoints and the verifying program show', async () => {
    const size = await grow(300, 'asked')
    expect(await askWitness(context.db, witness, { now: context.now, signal: never })).toEqual({ kind: 'cosigned', size })
    // Asked again there is nothing to do, and nothing is written.
    expect(await askWitness(context.db, { ...witness, url: 'http://127.0.0.1:1' }, { now: context.now, signal: never })).toEqual({
      kind: 'cosigned',
      size,
    })
    const shown = async (path: string) => Buffer.from((await findLogFile(context.db, path))?.bytes ?? []).toString('utf8')
    for (const path of ['checkpoint', `checkpoints/${size}`]) {
      const opened = openNote(await shown(path), [logKey, witness.key])
      expect(opened.ok && opened.verified.map(({ key }) => key.type)).toEqual(['note', 'cosignature'])
    }
    expect(await shown('witnesses')).toBe(`${formatVerifierKey(witness.key)}\n`)
    serve(context, database)
    const key = ['--key', formatVerifierKey(logKey)]
    const trusting = await verifyServed({ more: [...key, '--witness', formatVerifierKey(witness.key)] })
    expect([trusting.code, trusting.said]).toEqual([0, expect.stringContaining('cosigned by the witness other.example/witness at 20')])
    expect((await verifyServed({ more: key })).said).toContain('is the word of the site itself')
    // The line of the witness in other words, and under another checkpoint.
    const changed = await verifyServed({
      more: [...key, '--witness', formatVerifierKey(witness.key)],
      change: (path, body) =>
        path === 'checkpoint'
          ? Buffer.from(
              body
                .toString('utf8')
                .replace(/(witness [\w+/]{20})(.)/, (_all, kept: string, one: string) => kept + (one === 'A' ? 'B' : 'A')),
            )
          : body,
    })
    expect([changed.code, changed.said]).toEqual([1, expect.stringContaining('cosignature of other.example/witness is wrong')])
  })

  test('grows while the witness is away, and is cosigned as it is when the witness is back', async () => {
    await killWitness()
    const away = witness
    const size = await grow(2, 'away')
    await followAllLines(context.db, context.now())
    const server = serverContextOf(context, database, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [away] } })
    context.advance(600_000)
    expect((await getHealth(server)).problems).toEqual([])
    context.advance(30_000)
    expect(await getHealth(server)).toMatchObject({
      ...{ status: 'ok', problems: ['the witness other.example/witness has not cosigned the public log for 11 min'] },
    })
    await expect(askWitness(context.db, away, { now: context.now, signal: never })).rejects.toThrow()
    const asking = witnessing(server)
    asking.run()
    expect((await newest()).size).toBe(size)
    await asking.stop()
    await startWitness()
    expect(await askWitness(context.db, witness, { now: context.now, signal: never })).toEqual({ kind: 'cosigned', size })
    const again = witnessing({ ...server, publicLog: { ...server.publicLog, witnesses: [witness] } })
    const more = await grow(1, 'back')
    again.run()
    await expect.poll(async () => (await context.db.select().from(logCosignatures)).some((row) => row.size === BigInt(more))).toBe(true)
    await again.stop()
    expect(await context.db.$count(logWitnesses)).toBe(1)
    for (const table of ['log_cosignatures', 'log_witnesses'])
      expect(await refusalOf(context.db, `delete from ${table}`)).toMatch(/append-only|permission denied/)
  })

  test('believes no witness whose line is wrong, and tells of one that saw another history', async () => {
    await grow(1, 'wrong')
    const { note, size } = await newest()
    const text = parseNote(note)?.text ?? ''
    let answer: [number, string] = [200, '']
    const server = createServer((request, response) => void request.resume().on('end', () => response.writeHead(answer[0]).end(answer[1])))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = z.object({ port: z.number() }).parse(server.address())
    const at = { key: keyOf('fake.example/w', 'cosignature', 3), url: `http://127.0.0.1:${port}` }
    const says = async (status: number, body: string) => {
      answer = [status, body]
      return askWitness(context.db, at, { now: context.now, signal: never })
    }
    const line = (await ask((await newest()).size - 1, note)).text
    const cosigned = await context.db.$count(logCosignatures)
    expect(await says(200, line)).toMatchObject({ kind: 'not_understood' })
    expect(await says(200, line.replace('other.example/witness', at.key.name))).toMatchObject({ kind: 'not_understood' })
    expect(await says(200, signNote(text, logKey))).toMatchObject({ kind: 'not_understood' })
    expect(await says(200, 'x'.repeat(100_000))).toMatchObject({ kind: 'not_understood' })
    expect(await says(503, '')).toEqual({ kind: 'not_understood', status: 503 })
    expect(await says(409, 'many\n')).toEqual({ kind: 'not_understood', status: 409 })
    expect(await says(409, `${size + 7}\n`)).toEqual({ kind: 'ahead', size: size + 7 })
    expect(await says(422, '')).toEqual({ kind: 'refused', size })
    expect(await context.db.$count(logCosignatures)).toBe(cosigned)
    server.close()
  })
})

describe('a backup that is put back with all that is kept beside it', () => {
  test('goes no further while a witness has seen more, or something else, and says so', async () => {
    const older = await testDatabase()
    const late = testContext(older.handle)
    const kept = { ...memoryVault(), readKeys: vault.readKeys }
    const leading = async (log: Partial<ServerContext['publicLog']>, look: (server: ServerContext) => Promise<void>, of = late) => {
      const publicLog = { origin: LOG_ORIGIN, vault: kept, witnesses: [witness], ...log }
      const server = serverContextOf(of, of === late ? older : database, { publicLog })
      const stop = runSequencer(server)
      try {
        await look(server)
      } finally {
        await stop()
      }
    }
    const placed = () => late.db.$count(eventPositions)
    const stopsWith = (words: string) => async (server: ServerContext) => {
      const before = await placed()
      await expect.poll(async () => (await getHealth(server)).problems.join()).toContain(words)
      expect((await getHealth(server)).status).toBe('failing')
      expect(await placed()).toBe(before)
    }
    const goesOn = async () => {
      const before = await placed()
      await late.db.insert(events).values(waitingEvents(1, `after-${before}`))
      await expect.poll(placed, { timeout: 5_000 }).toBeGreaterThan(before)
    }
    // A database that knows nothing of a log, as one from before it, asks with the log without entries.
    const emptyLog = await signEmptyLog(late.db, { vault: kept, origin: LOG_ORIGIN })
    const known = (await newest()).size
    await late.db.insert(events).values(waitingEvents(1, 'first'))
    await leading({}, stopsWith(`has cosigned ${known} entries of the public log and fewer are here`))
    // Of a witness that saw nothing of it, it is the beginning.
    const fresh = await startFresh()
    const askFresh = (more: object = {}) => askWitness(late.db, fresh.at, { now: late.now, signal: never, ...more })
    expect(await askFresh({ isToBeSure: true, emptyLog })).toEqual({ kind: 'cosigned', size: 0 })
    // What has no checkpoint has nothing else to ask about.
    const unasked = await askWitness(late.db, witness, { now: context.now, signal: never })
    expect(unasked).toEqual({ kind: 'not_asked' })
    await tellMany(late, 2, 'else')
    const begun = await publishAll(publishingOf(late, kept))
    expect(await askFresh()).toEqual({ kind: 'cosigned', size: begun })
    fresh.stop()
    await late.db.insert(events).values(waitingEvents(1, 'waits'))
    const seen = await grow(1, 'seen')
    expect(await askWitness(context.db, witness, { now: context.now, signal: never })).toEqual({ kind: 'cosigned', size: seen })
    await leading({}, stopsWith(`has cosigned ${seen} entries of the public log and fewer are here`))
    await tellMany(late, seen, 'longer')
    await publishAll(publishingOf(late, kept))
    await leading({}, stopsWith('has cosigned another history of the public log'))
    // It was kept: that the witness is away now takes nothing back.
    const away = { ...witness, url: 'http://127.0.0.1:1' }
    await leading({ witnesses: [away] }, stopsWith('has cosigned another history'))
    // Nor does it that a database without any checkpoint is in its place: it was asked nothing.
    keepAnswer(kept, witness.key, unasked, context.now())
    expect(kept.readObjections()).toContain('forked')
    // A witness that is away and never objected stops nothing, nor one that a person takes out.
    await leading({ witnesses: [away], vault: { ...memoryVault(), readKeys: vault.readKeys } }, goesOn)
    await leading({ witnesses: [] }, goesOn)
    // The newer database is back: the witness agrees, and what it said is over.
    expect(kept.readObjections()).toContain('forked')
    const back = { ...vault, readObjections: kept.readObjections, keepObjections: kept.keepObjections }
    await leading({ vault: back }, () => expect.poll(() => kept.readObjections(), { timeout: 5_000 }).toBe('[]'), context)
    await older.close()
  })
})

test('a site cosigns the logs it is told of, at an address of its own, and nobody else’s', async () => {
  const own = openWitness({
    ...{ folder: join(folder, 'site'), name: 'example.org/witness', given: null, logs: [{ key: logKey, origin: LOG_ORIGIN }] },
    ...{ random: context.random, now: () => new Date() },
  })
  const send = async () => {
    const { size, note } = await newest()
    const body = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: note })
    const answer = await POST(new Request('https://example.org/log/witness/add-checkpoint', { method: 'POST', body }))
    return { size, note, answer }
  }
  const read = async (path: string) =>
    GET(new Request(`https://example.org/log/${path}`), { params: Promise.resolve({ path: path.split('/') }) })
  serve(context, database)
  expect([(await send()).answer.status, (await read('witness/vkey')).status]).toEqual([404, 404])
  serve(context, database, { witness: own })
  const { note, answer } = await send()
  expect(answer.status).toBe(200)
  expect(findCosignature(parseNote(note)?.text ?? '', await answer.text(), own.verifierKey)).not.toBeNull()
  expect((await send()).answer.headers.get('content-type')).toBe('text/x.tlog.size')
  expect(await (await read('witness/vkey')).text()).toBe(`${formatVerifierKey(own.verifierKey)}\n`)
  const hash = createHash('sha256').update(LOG_ORIGIN).digest('hex')
  expect((await (await read(`witness/${hash}/checkpoint`)).text()).split('\n— ')).toHaveLength(3)
  own.close()
})
