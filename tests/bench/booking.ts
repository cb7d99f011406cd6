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
import type { Part } from './table'

const SECONDS = 8
const CLIENTS = 8
const SPREAD = 10
const CATEGORIES = ['ao-am', 'hoc-bong', 'sach-vo', 'suc-khoe', 'thiet-bi', 'van-hoa', 'ky-nang', 'phap-ly', 'bua-an', 'san-choi']

/** Gifts booked a second, each with a code of its own, by clients that book one after the other. */
async function book(context: Context, slugs: string[]): Promise<number> {
  const codes: string[] = []
  for (let index = 0; index < SECONDS * 600; index++) codes.push((await makePledge(context, slugs[index % slugs.length] ?? '')).code)
  let booked = 0
  const end = Date.now() + SECONDS * 1_000
  const client = async () => {
    for (let code = codes.pop(); code !== undefined && Date.now() < end; code = codes.pop()) {
      await receiveBankNotice(
        context,
        bankNotice({ memo: code, amountVnd: BigInt(10_000 + Math.floor(Math.random() * 500) * 1_000), transactedAt: new Date() }),
      )
      booked += 1
    }
  }
  const began = Date.now()
  await Promise.all(Array.from({ length: CLIENTS }, client))
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
    const simple = Number(/tps = ([\d.]+)/.exec(await pgbench('-N', '-c', String(CLIENTS), '-T', String(SECONDS)))?.[1])

    const handle = openPostgres(databaseUrl(server.adminUrl, 'gifts', APP), { maxConnections: CLIENTS })
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
    const spread = await book(context, slugs)
    const hot = await book(context, slugs.slice(0, 1))
    await handle.close()
    const said = (tps: number) => `${Math.round(tps).toLocaleString('en')} a second`
    return {
      title: 'Booking a gift on PostgreSQL',
      how: `${CLIENTS} clients for ${SECONDS} s each on one throw-away PostgreSQL ${server.version} with durable commits; gifts are booked in this one process, from the notice to the commit, without HTTP.`,
      figures: [
        { what: 'pgbench -N', measured: said(simple), ratio: null },
        { what: `gifts to ${SPREAD} campaigns, to pgbench`, measured: said(spread), ratio: spread / simple, wanted: '≥ 0.5' },
        { what: 'gifts to one campaign, to the spread', measured: said(hot), ratio: hot / spread, wanted: '≥ 0.8' },
      ],
    }
  } finally {
    await server.stop()
  }
}
