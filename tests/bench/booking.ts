import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { Context } from '../../lib/context'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { preparePostgres } from '../setup/templates'
import { output, requirePrograms } from './load'
import type { Figure, Part } from './table'

const SECONDS = 8
const CLIENTS = [8, 32]
const SPREAD = 10
/** More than are booked, or nearly: a run without codes ends early. */
const GIFTS = 16_000
const CATEGORIES = ['ao-am', 'hoc-bong', 'sach-vo', 'suc-khoe', 'thiet-bi', 'van-hoa', 'ky-nang', 'phap-ly', 'bua-an', 'san-choi']

/** Does something so often, by so many that do one after the other. */
async function inParallel(clients: number, work: () => Promise<unknown> | null): Promise<void> {
  const client = async () => {
    for (let next = work(); next; next = work()) await next
  }
  await Promise.all(Array.from({ length: clients }, client))
}

/** Gifts booked a second, each with a code of its own, by clients that wait for each to be stored for good. */
async function book(context: Context, slugs: string[], clients: number, seconds = SECONDS): Promise<number> {
  const codes: string[] = []
  let pledged = 0
  await inParallel(8, () =>
    pledged < GIFTS ? makePledge(context, slugs[(pledged += 1) % slugs.length] ?? '').then(({ code }) => codes.push(code)) : null,
  )
  let booked = 0
  const began = Date.now()
  await inParallel(clients, () => {
    const memo = codes.pop()
    if (memo === undefined || Date.now() > began + seconds * 1_000) return null
    booked += 1
    const amountVnd = BigInt(10_000 + Math.floor(Math.random() * 500) * 1_000)
    return receiveBankNotice(context, bankNotice({ memo, amountVnd, transactedAt: new Date() })).then((outcome) => {
      if (outcome !== 'booked') throw new Error(`a gift was ${outcome}`)
    })
  })
  const perSecond = (booked * 1_000) / (Date.now() - began)
  await sequencePending(context.db, new Date())
  const wrong = await listDiscrepancies(context.db)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return perSecond
}

/** Booking a gift against pgbench's simple update, on one PostgreSQL that writes durably. */
export async function benchBooking(): Promise<Part> {
  requirePrograms('pgbench')
  const server = await startPostgres({ durable: true })
  try {
    await preparePostgres(server.adminUrl)
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query('create database bench')
    await admin.query(`create database gifts template ${TEMPLATE} owner ${OWNER.name}`)
    await admin.end()
    const url = new URL(server.adminUrl)
    const pgbench = (...args: string[]) =>
      output('pgbench', ['-h', url.hostname, '-p', url.port, '-U', url.username, ...args, 'bench'], {
        env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) },
      })
    await pgbench('-i', '-s', '10', '-q')
    const simple = async (clients: number) =>
      Number(/tps = ([\d.]+)/.exec(await pgbench('-N', '-c', String(clients), '-T', String(SECONDS)))?.[1])

    const handle = openPostgres(databaseUrl(server.adminUrl, 'gifts', APP))
    const context: Context = {
      db: handle.db,
      now: () => new Date(),
      random: (size) => new Uint8Array(randomBytes(size)),
      installation: { uid: '', kind: 'sample', seed: 'bench', anchorDay: '2026-01-01' },
    }
    await makeFunds(context)
    const slugs: string[] = []
    for (const category of CATEGORIES.slice(0, SPREAD))
      slugs.push((await makeCampaign(context, { slug: `bench-${category}`, category, goalVnd: 10n ** 11n, neededBy: '2099-12-31' })).slug)
    const said = (tps: number) => `${Math.round(tps).toLocaleString('en')} a second`
    const figures: Figure[] = []
    // A server is warm when a storm of gifts comes.
    await book(context, slugs, 8, 2)
    for (const clients of CLIENTS) {
      const beside = await simple(clients)
      const spread = await book(context, slugs, clients)
      const hot = await book(context, slugs.slice(0, 1), clients)
      figures.push(
        { what: `${clients} clients: pgbench -N`, measured: said(beside), ratio: null },
        { what: `gifts to ${SPREAD} campaigns, to pgbench`, measured: said(spread), ratio: spread / beside, wanted: '≥ 0.5' },
        { what: 'gifts to one campaign, to the spread', measured: said(hot), ratio: hot / spread, wanted: '≥ 0.8' },
      )
    }
    await handle.close()
    return {
      title: 'Booking a gift on PostgreSQL',
      how: `Clients that wait for each answer, for up to ${SECONDS} s each on one throw-away PostgreSQL ${server.version} with durable commits; gifts are booked in this one process, warm, from the notice to the commit, without HTTP.`,
      figures,
    }
  } finally {
    await server.stop()
  }
}
