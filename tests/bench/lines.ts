import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { sql, type SQL } from 'drizzle-orm'
import type { Context } from '../../lib/context'
import { followLines } from '../../lib/public-lines/follow'
import { getLines, listLineOptions } from '../../lib/public-lines/queries'
import { LINE_CLASSES, readLineQuery, type LineOptions } from '../../lib/public-lines/schema'
import { followAllRecognition } from '../../lib/recognition/follow'
import { given } from '../../lib/sample/given'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { paySpend } from '../../lib/spending/pay'
import { addDays, dayOf } from '../../lib/time/day'
import { startSite } from '../setup/site-process'
import { column, GIFTS, LOOK_UPS, ms, open, p95, SETTINGS, siteSettings, WARM_UP, withHistory, type Urls } from './history'
import type { Figure, Part } from './table'

/** A history of this many is listed again from the beginning, to see how fast, and all its books are compared. */
const MOST_AGAIN = 1_000_000
/** Spends that are laid on the campaign that got most. */
const SPENDS_LAID = 10
const SORTS = ['moi-nhat', 'cu-nhat', 'lon-nhat', 'nho-nhat']

/** Searching the public statement, in the database and over HTTP, and how fast it is kept. */
export const benchLines = (): Promise<Part> => withHistory(measure)

type Address = Record<string, string>

async function measure(urls: Urls, version: string): Promise<Part> {
  // Its start brings an older history to the newest schema.
  await (await startSite(siteSettings(urls), 3_600_000)).stop()
  const { context, owner, close } = open(urls)
  const isAgain = GIFTS <= MOST_AGAIN
  if (isAgain)
    await owner.db.execute(sql`truncate public_lines, public_line_words, public_line_totals, public_line_progress, public_lines_due`)
  const began = performance.now()
  let listed = 0
  for (let isAll = false; !isAll;) {
    const done = await followLines(context.db, context.now())
    listed += done.events
    isAll = done.isAll
  }
  const perSecond = Math.round((listed * 1_000) / (performance.now() - began))
  // Or the first spend would wait for all thanks.
  await followAllRecognition(context.db, context.now())
  await owner.db.execute(sql`vacuum analyze`)
  const options = await listLineOptions(context, 'vi')
  const kinds = await addresses(context, options)
  const find = (address: Address) => {
    const { query, filter } = readLineQuery(address, options, { today: dayOf(context.now()), logSize: 0n })
    if (!filter) throw new Error(`${JSON.stringify(address)} was not understood`)
    return getLines(context, query, filter, 'vi')
  }
  const bare = await p95(
    Array.from({ length: LOOK_UPS }, (_, index) => String(index)),
    (id) => context.db.execute(sql`select id from public_lines where id = ${id}::bigint`),
  )
  // Warm: each has been asked for before.
  for (const address of Object.values(kinds).flat()) await find(address)
  const inDatabase: Figure[] = []
  for (const [what, all] of Object.entries(kinds)) {
    const time = await p95(
      all.map((_, index) => String(index)),
      (index) => find(all[Number(index)] ?? {}),
    )
    inDatabase.push({ what: `in the database: ${what}`, measured: ms(time), ratio: time / bare, wanted: '< 50 ms' })
  }
  const names = kinds['a whole name']?.slice(0, 12).map(({ tim = '' }) => tim) ?? []
  const ilike = await p95(
    names,
    (name) =>
      // No search of the site may take as long.
      owner.db
        .execute(sql`select l.id from public_lines l join disclosures d on d.pledge_id = l.pledge_id and d.field = 'name' and d.review = 'shown'
      where d.text ilike ${`%${name}%`} order by l.day desc, l.id desc limit 50`),
    2,
  )
  const site = await startSite(siteSettings(urls), 120_000)
  const page = async (address: string) => {
    const answer = await fetch(site.url + address)
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  }
  const bareHttp = await p95(
    Array.from({ length: LOOK_UPS }, (_, index) => String(index)),
    () => page('/api/health'),
  )
  const overHttp: Figure[] = []
  for (const [what, all] of Object.entries(kinds)) {
    const time = await p95(
      all.map((one) => `/sao-ke?${new URLSearchParams(one).toString()}`),
      page,
    )
    overHttp.push({ what: `over HTTP: ${what}`, measured: ms(time), ratio: time / bareHttp, wanted: '< 100 ms' })
  }
  await site.stop()
  const spend = await newSpends(context)
  const [rows] = await column(context, sql`select count(*)::text as key from public_lines`)
  const [table] = await column(context, sql`select pg_size_pretty(pg_table_size('public_lines')) as key`)
  const [indexes] = await column(context, sql`select pg_size_pretty(pg_indexes_size('public_lines')) as key`)
  const wrong = isAgain ? await listDiscrepancies(owner.db) : []
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  await close()
  return {
    title: `The statement, ${Number(rows) < 2_000_000 ? 'a million' : `${Math.round(Number(rows) / 1_000_000)} million`} lines`,
    how: `${Number(rows).toLocaleString('en')} lines on a throw-away PostgreSQL ${version} (${SETTINGS.join(', ')}), made by the generator${isAgain ? ' and checked by the reconciliation' : ''}: ${table ?? ''} and ${indexes ?? ''} of indexes. 19 of 20 of ${LOOK_UPS - WARM_UP} different pages of 50 lines, with what all of a result comes to, each asked for once before, stay under the figure.`,
    figures: [
      ...(isAgain
        ? [
            {
              what: 'listed from the beginning',
              measured: `${perSecond.toLocaleString('en')} events a second`,
              ratio: null,
              wanted: '≥ 5,000',
            },
          ]
        : []),
      { what: 'one line by its number (p95)', measured: ms(bare), ratio: null },
      ...inDatabase,
      { what: 'a whole name by ILIKE, beside it', measured: ms(ilike), ratio: ilike / bare },
      { what: 'over HTTP: the health of the site (p95)', measured: ms(bareHttp), ratio: null },
      ...overHttp,
      {
        what: `a new spend, asked for, approved, paid and laid, on the campaign with most gifts (${spend.gifts}): the slowest of ${SPENDS_LAID}`,
        measured: ms(spend.slowest),
        ratio: spend.slowest / bare,
        wanted: '< 1,000 ms',
      },
    ],
  }
}

/** How long a spend of the campaign that got most takes, from being asked for to its place in public order with its gifts. */
async function newSpends(context: Context): Promise<{ gifts: string; slowest: number }> {
  const [most] = await column(
    context,
    sql`select c.slug || ' ' || l.gifts as key from campaigns c join line_totals l on l.line_id = c.line_id where c.state = 'open' order by l.gifts desc limit 1`,
  )
  const [campaignSlug = '', gifts = ''] = most?.split(' ') ?? []
  const today = dayOf(context.now())
  const times: number[] = []
  for (let index = 0; index < SPENDS_LAID; index++) {
    const key = randomUUID()
    const items = [{ itemVi: 'Áo ấm', itemEn: 'Warm coat', unitVi: 'áo', unitEn: 'coats', units: 100, amountVnd: 20_000_000n }]
    const texts = { titleVi: 'Áo ấm', titleEn: 'Warm coats', supplier: 'Công ty May Mẫu', dueOn: addDays(today, 60) }
    const began = performance.now()
    const { spendId } = given(await requestSpend(context, { ...texts, campaignSlug, items, by: 'ke-toan-mau', key }), key)
    given(await approveSpend(context, { spendId, by: 'giam-doc-mau' }), key)
    given(await paySpend(context, { spendId, amountVnd: 20_000_000n, paidOn: today, key: `pay-${key}` }), key)
    await sequencePending(context.db, context.now())
    times.push(performance.now() - began)
  }
  return { gifts: Number(gifts).toLocaleString('en'), slowest: Math.max(...times) }
}

/** Different pages of each kind of search, of what is really there. */
async function addresses(context: Context, { places }: LineOptions): Promise<Record<string, Address[]>> {
  const some = (what: SQL) => column(context, sql`select key from (${what}) as one order by hashtext(key) limit ${LOOK_UPS}`)
  const names = await some(
    sql`select distinct folded as key from (select folded from disclosures where field = 'name' and review = 'shown' limit 100000) as first`,
  )
  const messages = await some(
    sql`select distinct folded as key from (select folded from disclosures where field = 'message' and review = 'shown' limit 100000) as first`,
  )
  const codes = await some(sql`select code as key from (select code from pledges where state = 'received' limit 100000) as first`)
  const days = await some(sql`select distinct day::text as key from public_line_totals`)
  const amounts = await some(sql`select distinct amount_vnd::text as key from (select amount_vnd from public_lines limit 100000) as first`)
  const marks = await some(
    sql`select l.day || '-' || l.amount_vnd || '-' || l.id as key
      from (select max(id) as most from public_lines) as last,
        generate_series(0, last.most, last.most / ${2 * LOOK_UPS}) as place,
        lateral (select * from public_lines where id >= place order by id limit 1) as l`,
  )
  const each = (make: (index: number) => Address): Address[] => Array.from({ length: LOOK_UPS }, (_, index) => make(index))
  const of = (list: readonly string[], index: number): string => list[index % list.length] ?? ''
  const sorted = (index: number) => ({ xep: of(SORTS, index) })
  const words = (index: number) => of(names, index).split(' ')
  const campaigns = places.filter(({ group }) => group === 'campaign').map(({ value }) => value)
  const classes = LINE_CLASSES.map(({ word }) => word)
  const communes = places.filter(({ group }) => group === 'commune').map(({ value }) => value)
  return {
    'a whole name': each((index) => ({ tim: of(names, index) })),
    'the beginning of a name': each((index) => ({
      tim:
        of(names, index)
          .slice(0, 1 + (index % 6))
          .trim() || 'a',
    })),
    'one word, in any order': each((index) => ({ tim: words(index)[index % words(index).length] ?? '', ...sorted(index) })),
    'words of a message': each((index) => ({
      tim: of(messages, index)
        .split(' ')
        .slice(0, 1 + (index % 4))
        .join(' '),
    })),
    'a sum': each((index) => ({ tim: `${of(amounts, index)} ₫`, ...sorted(index) })),
    'sums between two': each((index) => ({
      'it-nhat': of(amounts, index),
      'nhieu-nhat': String(BigInt(of(amounts, index)) + 20_000n),
      ...sorted(index),
    })),
    'a day': each((index) => ({ tu: of(days, index), den: of(days, index), ...sorted(index) })),
    'a campaign, a commune, in any order': each((index) => ({ noi: of(index % 2 === 0 ? campaigns : communes, index), ...sorted(index) })),
    'a class, in any order': each((index) => ({ loai: of(classes, index), ...sorted(Math.floor(index / classes.length)) })),
    'a class and days': each((index) => ({ loai: of(classes, index), tu: of(days, index), ...sorted(Math.floor(index / classes.length)) })),
    'a class and a name, in any order': each((index) => ({
      loai: of(classes, index),
      tim: words(index)[0] ?? '',
      ...sorted(Math.floor(index / classes.length)),
    })),
    'what went out': each((index) => ({ chieu: 'ra', ...sorted(index) })),
    'a code': each((index) => ({ tim: of(codes, index) })),
    'a name and days': each((index) => ({ tim: words(index)[0] ?? '', tu: of(days, index), ...sorted(index) })),
    'a name and a campaign': each((index) => ({ tim: words(index).slice(-1)[0] ?? '', noi: of(campaigns, index), ...sorted(index) })),
    'a name and sums': each((index) => ({ tim: words(index)[0] ?? '', 'it-nhat': of(amounts, index), ...sorted(index) })),
    'at any depth, in any order': each((index) => ({ ...sorted(index), sau: of(marks, index) })),
    'a word, at any depth': each((index) => ({ tim: words(index)[0] ?? '', sau: of(marks, index) })),
  }
}
