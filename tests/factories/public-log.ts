import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { asc } from 'drizzle-orm'
import { z } from 'zod'
import { GET } from '../../app/log/[...path]/route'
import type { Database } from '../../db/client'
import { events, logCheckpoints, logLeaves } from '../../db/schema'
import type { Context } from '../../lib/context'
import { hashesOfRanges, rootAt } from '../../lib/public-log/hashes'
import { getLogIdentity } from '../../lib/public-log/keys'
import { publishLog, type Publishing } from '../../lib/public-log/publish'
import type { LogVault } from '../../lib/public-log/vault'
import { sequencePending } from '../../lib/sequencer/sequence'
import { parseCheckpoint } from '../../lib/tlog/checkpoint'
import { EMPTY_ROOT, leafHash, nodeHash } from '../../lib/tlog/hash'
import { openNote } from '../../lib/tlog/note'
import type { TestContext } from '../setup/context'
import type { TestDatabase } from '../setup/database'
import { serve } from '../setup/server'
import { memoryVault } from '../setup/vault'

export const LOG_ORIGIN = 'example.org/log'

export const publishingOf = (context: Context, vault: LogVault): Publishing => ({
  ...{ db: context.db, vault, origin: LOG_ORIGIN, random: context.random, now: context.now },
})

/** Publishes all that has its place. @returns entries that are published */
export async function publishAll(publishing: Publishing): Promise<number> {
  for (;;) {
    const { size, isAll } = await publishLog(publishing)
    if (isAll) return size
  }
}

/** Events that lay nothing and wait for their places: what of a log is about its length. */
export const waitingEvents = (count: number, name: string): (typeof events.$inferInsert)[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ kind: 'campaign_state', idempotencyKey: `${name}:${index}`, day: '2026-11-23' },
    ...{ facts: { campaign: `${name}-${index}`, from: null, to: 'open' }, createdAt: new Date('2026-11-23T03:00:00Z') },
  }))

/** The same with their places. */
export async function tellMany(context: Context, count: number, name: string): Promise<void> {
  await context.db.insert(events).values(waitingEvents(count, name))
  await sequencePending(context.db, context.now())
}

/** The tree as RFC 6962 defines it, word by word, of any beginning of some leaves; what was hashed once is remembered. */
function naiveRoots(leaves: readonly Uint8Array[]): (size: number) => Uint8Array {
  const known = new Map<string, Uint8Array>()
  const hashOf = (from: number, to: number): Uint8Array => {
    const [only] = leaves.slice(from, from + 1)
    if (!only || from === to) return EMPTY_ROOT
    if (to - from === 1) return only
    let split = 1
    while (split * 2 < to - from) split *= 2
    const name = `${from}-${to}`
    const hash = known.get(name) ?? nodeHash(hashOf(from, from + split), hashOf(from + split, to))
    known.set(name, hash)
    return hash
  }
  return (size) => hashOf(0, size)
}

/** What is wrong with a log: each of its checkpoints is signed, of one size alone, and of the leaves that are there. */
export async function faultsOfLog(db: Database): Promise<string[]> {
  const faults: string[] = []
  const leaves = await db.select().from(logLeaves).orderBy(asc(logLeaves.position))
  const hashes = leaves.map(({ body }) => leafHash(Buffer.from(body)))
  for (const [index, { position }] of leaves.entries()) if (position !== BigInt(index)) faults.push(`leaf ${index} stands at ${position}`)
  const identity = await getLogIdentity(db)
  const naiveRoot = naiveRoots(hashes)
  const checkpoints = await db.select().from(logCheckpoints).orderBy(asc(logCheckpoints.size))
  const together = await hashesOfRanges(
    db,
    checkpoints.map(({ size }) => ({ from: 0, to: Number(size) })),
  )
  for (const [index, { size, note }] of checkpoints.entries()) {
    const opened = openNote(note, identity?.keys ?? [])
    const checkpoint = opened.ok ? parseCheckpoint(opened.text) : null
    if (checkpoint?.origin !== identity?.origin || BigInt(checkpoint?.size ?? -1) !== size) faults.push(`checkpoint ${size} is none`)
    const root = Buffer.from(checkpoint?.root ?? []).toString('hex')
    const made = [naiveRoot(Number(size)), await rootAt(db, Number(size)), together[index] ?? []]
    if (made.some((one) => Buffer.from(one).toString('hex') !== root)) faults.push(`checkpoint ${size} is of other leaves`)
  }
  return faults
}

/** What a sceptic's program finds wrong with what a site has told so far: whatever honest people did, it must find nothing. */
export async function wrongOf(context: TestContext, database: TestDatabase): Promise<string[]> {
  const vault = memoryVault()
  await publishAll(publishingOf(context, vault))
  serve(context, database, { publicLog: { origin: LOG_ORIGIN, vault, witnesses: [] } })
  const { said } = await verifyServed()
  return said.match(/^(WRONG|could not look).*$/gm) ?? (said.includes('hashes to the root') ? [] : [said])
}

/**
 * What a sceptic's program says of the log that the server context serves, and how it ends.
 * @param change what is served, on the way
 */
export async function verifyServed({
  change = (_path, body) => body,
  more = [],
}: {
  change?: ((path: string, body: Buffer) => Buffer) | undefined
  more?: readonly string[]
} = {}): Promise<{ code: number; said: string }> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice('/log/'.length)
    void GET(new Request(`https://example.org/log/${path}`), { params: Promise.resolve({ path: path.split('/') }) }).then(
      async (answer) => {
        response.writeHead(answer.status).end(change(path, Buffer.from(await answer.arrayBuffer())))
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const child = spawn(process.execPath, ['scripts/verify.mjs', '--url', `http://127.0.0.1:${port}`, '--no-pages', ...more])
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = z.tuple([z.number()]).parse((await once(child, 'close')).slice(0, 1))
  server.close()
  return { code, said }
}
