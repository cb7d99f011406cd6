import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openPostgres } from '../../db/postgres'
import type { Context } from '../../lib/context'
import { startExport } from '../../lib/exports/start'
import { search } from '../../lib/console/search'
import { findStaff } from '../../lib/staff/sessions'
import { ACCOUNTS, makeFunds, value } from '../factories/site'
import { makeStaff } from '../factories/staff'
import { testContext } from '../setup/context'
import { databaseUrl, startPostgres } from '../setup/postgres-server'
import { APP, OWNER, TEMPLATE } from '../setup/roles'
import { preparePostgres } from '../setup/templates'
import type { Figure, Part } from './table'

const ROWS = Number(process.env['BENCH_EXPORT_ROWS'] ?? 200_000)

/** Bank lines of two funds in turn, with memos of a usual length. */
const LINES = `insert into bank_transactions (receiving_account_id, account_number, direction, amount_vnd, reference, memo, transacted_at, provider, state, created_at)
  select a.id, a.account_number, 'in', 10000 + n % 90 * 1000, 'FT' || n, 'MBVCB.' || n || '.ung ho cac em vung cao.CT tu 0185 toi quy mau', timestamptz '2026-01-01' + n * interval '1 second',
    'statement', 'placed', now()
  from generate_series(1, ${ROWS * 2}) as n join receiving_accounts a on a.account_number = (array['${ACCOUNTS['ha-noi']}', '${ACCOUNTS['ninh-thuan']}'])[1 + n % 2]`

interface Taken {
  seconds: number
  bytes: number
  /** By how much the process grew, at most, in MB. */
  grewMb: number
}

/** A table of one fund taken out, as fast as it is read, and by a reader who is slow. */
export async function benchExports(): Promise<Part> {
  const server = await startPostgres()
  try {
    await preparePostgres(server.adminUrl)
    const admin = new pg.Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query(`create database exports template ${TEMPLATE} owner ${OWNER.name}`)
    await admin.end()
    const handle = openPostgres(databaseUrl(server.adminUrl, 'exports', APP))
    const context = { ...testContext(handle), now: () => new Date() }
    await makeFunds(context)
    const { session } = await makeStaff(context, { id: 'giam-doc', role: 'director', fund: 'ha-noi' })
    const bare = new pg.Client({ connectionString: databaseUrl(server.adminUrl, 'exports') })
    await bare.connect()
    await bare.query(LINES)
    await bare.query('analyze')
    const began = Date.now()
    await bare.query(
      `select b.*, a.alias from bank_transactions b join receiving_accounts a on a.id = b.receiving_account_id where a.fund_id = 1`,
    )
    const read = (Date.now() - began) / 1_000
    await bare.end()
    const take = (format: 'csv' | 'xlsx', waitMs: number) => taken(context, session, format, waitMs)
    const [csv, xlsx, slow] = [await take('csv', 0), await take('xlsx', 0), await take('csv', 5)]
    const staff = await findStaff(context, session, 'vi')
    const [fund] = staff?.funds ?? []
    if (!staff || !fund) throw new Error('nobody is signed in')
    const times: number[] = []
    for (const text of ['FT777', '25.000', 'ung ho', '12345', 'áo ấm', 'cửa hàng']) {
      const asked = performance.now()
      await search(context, staff, { fund, text, locale: 'vi' })
      times.push(performance.now() - asked)
    }
    await handle.close()
    const figure = (what: string, { seconds, bytes, grewMb }: Taken): Figure => ({
      what,
      measured: `${Math.round(ROWS / seconds).toLocaleString('en')} rows a second, ${(bytes / 1_048_576).toFixed(1)} MB sent, ${Math.round(grewMb)} MB more memory at most`,
      ratio: read / seconds,
    })
    return {
      title: 'Tables taken out of the console, on PostgreSQL',
      how: `${ROWS.toLocaleString('en')} bank lines of one of two funds in a table of ${(ROWS * 2).toLocaleString('en')}, on one throw-away PostgreSQL ${server.version}, compared with a bare query that reads them all into memory. Memory is what the process had resident beyond what it had before.`,
      figures: [
        { what: 'a bare query, all at once', measured: `${Math.round(ROWS / read).toLocaleString('en')} rows a second`, ratio: null },
        figure('as CSV', csv),
        figure('as XLSX', xlsx),
        figure('as CSV, to a reader who waits 5 ms for each piece', slow),
        { what: 'a search of the console among them, the slowest of six', measured: `${Math.max(...times).toFixed(0)} ms`, ratio: null },
      ],
    }
  } finally {
    await server.stop()
  }
}

async function taken(context: Context, session: Parameters<typeof findStaff>[1], dang: 'csv' | 'xlsx', waitMs: number): Promise<Taken> {
  const staff = await findStaff(context, session, 'vi')
  const [fund] = staff?.funds ?? []
  if (!staff || !fund) throw new Error('nobody is signed in')
  const before = process.memoryUsage.rss()
  let most = before
  let bytes = 0
  const began = Date.now()
  const { stream } = value(await startExport(context, staff, { fund, key: 'bank_lines', fields: { dang }, locale: 'vi' }))
  const reader = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length
      most = Math.max(most, process.memoryUsage.rss())
      if (waitMs === 0) done()
      else void pause(waitMs).then(() => done())
    },
  })
  await pipeline(stream, reader)
  return { seconds: (Date.now() - began) / 1_000, bytes, grewMb: (most - before) / 1_048_576 }
}
