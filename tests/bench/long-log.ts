import { join } from 'node:path'
import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { publishLog } from '../../lib/public-log/publish'
import { proveEntry } from '../../lib/public-log/prove'
import { logSize, proveConsistency } from '../../lib/public-log/hashes'
import { findLogFile } from '../../lib/public-log/serve'
import { openFolderVault } from '../../lib/public-log/vault'
import { TILE_WIDTH, tilePath } from '../../lib/tlog/tiles'
import { memoryVault } from '../setup/vault'
import { measureCatchingUp, timed, WAITING } from './catch-up'
import { GIFTS, KEPT_IN, LOOK_UPS, ms, open, p95, SETTINGS, WARM_UP, withHistory, type Urls } from './history'
import type { Figure, Part } from './table'

/** The log of a long history: made, grown on and asked for proofs. */
export const benchLongLog = (): Promise<Part> => withHistory(measure, { durable: true })

async function measure(urls: Urls, version: string): Promise<Part> {
  const { context, handle, owner, close } = open(urls)
  const { db, random, now } = context
  // A history that is kept keeps the log's key beside it.
  const vault = KEPT_IN === undefined ? memoryVault() : openFolderVault(join(KEPT_IN, 'log'), 'bench', [])
  const publishing = { vault, origin: 'bench.example/log', random, now }
  const before = await logSize(db)
  const time = await timed(async () => {
    while (!(await publishLog({ ...publishing, db })).isAll);
  })
  const first = (await logSize(db)) - before
  await owner.db.execute(sql`vacuum analyze log_leaves, log_nodes`)
  const catchingUp = await measureCatchingUp({ handle, context, owner, publishing }, `more-${Date.now()}`)
  const { size } = await publishLog({ ...publishing, db })
  // Of whole tiles.
  const places = Array.from({ length: LOOK_UPS }, () => String(randomInt(size - (size % TILE_WIDTH))))
  const tileOf = (place: string) => ({ index: Math.floor(Number(place) / TILE_WIDTH), width: TILE_WIDTH })
  const bare = await p95(places, (place) => db.execute(sql`select hash from log_leaves where position = ${place}::bigint`))
  const asked: [string, (place: string) => Promise<unknown>][] = [
    ['the proof of an entry, with the entry and its checkpoint', (place) => proveEntry(db, BigInt(place))],
    ['the proof that the log grew from what it was at a size', (place) => proveConsistency(db, Number(place) + 1, size)],
    ['a tile of hashes of entries', (place) => findLogFile(db, tilePath({ level: 0, ...tileOf(place) }))],
    ['a tile of entries', (place) => findLogFile(db, tilePath({ level: 'entries', ...tileOf(place) }))],
    ['the newest checkpoint', () => findLogFile(db, 'checkpoint')],
  ]
  const answers: Figure[] = []
  for (const [what, ask] of asked) {
    const figure = await p95(places, async (place) => {
      if ((await ask(place)) === null) throw new Error(`${what}: nothing for ${place} of ${size}`)
    })
    answers.push({ what: `${what} (p95)`, measured: ms(figure), ratio: figure / bare })
  }
  await close()
  const entries = (many: number) => many.toLocaleString('en')
  return {
    title: `The log of a history of ${entries(GIFTS)} gifts`,
    how: `${entries(size)} entries on a throw-away PostgreSQL ${version} (${SETTINGS.join(', ')}) with durable commits, made by the generator. Twice ${entries(WAITING)} gifts that wait are caught up with as in a new site (above); then 19 of 20 of ${LOOK_UPS - WARM_UP} answers for different places stay under the figure.`,
    figures: [
      ...(first > 0
        ? [
            {
              what: `all ${entries(first)} entries from nothing, in one process`,
              measured: `${entries(Math.round((first * 1_000) / time))} a second`,
              ratio: null,
            },
          ]
        : []),
      ...catchingUp,
      { what: 'one leaf by its place (p95)', measured: ms(bare), ratio: null },
      ...answers,
    ],
  }
}
