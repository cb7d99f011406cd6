import { and, eq, inArray, notExists, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows, isAnyOf, rowsParameter } from '../../db/rows'
import {
  campaigns,
  disclosures,
  donations,
  giverLists,
  givers,
  giverSums,
  pledgeContacts,
  pledges,
  recognisedGifts,
  recognitionTotals,
} from '../../db/schema'
import { returnedVndOf } from '../donations/returned'
import { dayOf } from '../time/day'
import { giverKey } from './giver-key'
import { ALL_YEARS, listName, scopesOf, type GiverKind } from './model'
import { listByName, listSums, unlistSums, type SumKeys } from './words'

type Gift = typeof recognisedGifts.$inferSelect
interface Change {
  amountVnd: bigint
  gifts: number
}

/** A gift as it is now, and what makes it one giver's with others; null where it is nameless. */
interface Known extends Omit<Gift, 'giverId'> {
  giver: { kind: GiverKind; key: Uint8Array; pledgeId: bigint } | null
}

/**
 * Brings the sums of recognition up to date for gifts that came, went back, or whose names may be shown or no longer,
 * in the sequencer's transaction: it alone writes them. What each gift added before is taken away, what it adds now is added;
 * said twice, nothing changes.
 */
export async function recognise(tx: Transaction, donationIds: readonly bigint[]): Promise<void> {
  const ids = [...new Set(donationIds)]
  if (ids.length === 0) return
  const known = await factsOf(tx, ids)
  const before = new Map(
    (
      await tx.select().from(recognisedGifts).where(isAnyOf(recognisedGifts.donationId, ids)).prepare('find recognised gifts').execute()
    ).map((row) => [row.donationId, row]),
  )
  const byKey = await giversOf(tx, known)
  const gifts = known.map(({ giver, ...gift }): Gift => ({ ...gift, giverId: giver ? (byKey.get(nameOf(giver.key))?.id ?? null) : null }))
  const kinds = new Map([...byKey.values()].map(({ id, kind }) => [id, kind]))
  const lost = [...before.values()].flatMap(({ giverId }) => (giverId !== null && !kinds.has(giverId) ? [giverId] : []))
  if (lost.length > 0)
    for (const { id, kind } of await tx.select().from(givers).where(inArray(givers.id, lost)).for('no key update')) kinds.set(id, kind)

  const sums = new Changes()
  const totals = new Changes()
  const tell = (gift: Gift, sign: 1n | -1n) => {
    const change = { amountVnd: sign * gift.amountVnd, gifts: gift.amountVnd > 0n ? Number(sign) : 0 }
    const kind = gift.giverId === null ? 'nameless' : kinds.get(gift.giverId)
    if (kind === undefined) throw new Error(`gift ${gift.donationId} has no giver`)
    for (const scope of scopesOf(gift))
      for (const year of [ALL_YEARS, gift.year]) {
        totals.add([scope, String(year), kind], change)
        if (gift.giverId !== null && kind !== 'nameless') sums.add([String(gift.giverId), listName({ scope, year, kind })], change)
      }
  }
  for (const gift of gifts) {
    const old = before.get(gift.donationId)
    if (old) tell(old, -1n)
    tell(gift, 1n)
  }

  await writeGifts(
    tx,
    Map.groupBy(gifts, ({ donationId }) => before.has(donationId)),
  )
  await addTotals(tx, totals)
  const columnsOf = await sumColumns(tx, sums)
  // Of who gives for the first time there is no sum yet, and no word is listed.
  const isNew = new Set([...byKey.values()].flatMap(({ id, isNew: is }) => (is ? [String(id)] : [])))
  const theirs = columnsOf((giverId) => !isNew.has(giverId))
  await unlistSums(tx, theirs)
  await addSums(tx, theirs)
  await insertSums(
    tx,
    columnsOf((giverId) => isNew.has(giverId)),
  )
  const giverIds = [...kinds.keys()]
  await nameAnew(tx, giverIds)
  const listed = new Set((await listByName(tx, giverIds)).map(String))
  await listSums(
    tx,
    columnsOf((giverId) => !listed.has(giverId)),
  )
}

/** Writes what gifts add now. Nobody else writes it, so those that were not there are inserted without a look, which costs less. */
async function writeGifts(tx: Transaction, gifts: ReadonlyMap<boolean, Gift[]>): Promise<void> {
  const fresh = gifts.get(false) ?? []
  const known = gifts.get(true) ?? []
  if (fresh.length > 0) {
    const written = tx
      .$with('written', { donationId: recognisedGifts.donationId })
      .as(sql`${insertRows(recognisedGifts, fresh)} returning donation_id`)
    await tx.with(written).select().from(written).prepare('write recognised gifts').execute()
  }
  if (known.length > 0)
    await tx.execute(sql`update ${recognisedGifts} r set giver_id = g."giverId", pledge_id = g."pledgeId", amount_vnd = g."amountVnd"
      from jsonb_to_recordset(${rowsParameter(known)}) as g("donationId" bigint, "giverId" bigint, "pledgeId" bigint, "amountVnd" bigint)
      where r.donation_id = g."donationId"`)
}

/** Sums by their keys; what comes to nothing is left out. */
class Changes {
  readonly #rows = new Map<string, Change & { key: string[] }>()

  add(key: string[], { amountVnd, gifts }: Change): void {
    const name = key.join('\n')
    const row = this.#rows.get(name) ?? { key, amountVnd: 0n, gifts: 0 }
    this.#rows.set(name, { key, amountVnd: row.amountVnd + amountVnd, gifts: row.gifts + gifts })
  }

  /** The column `index` of all keys, and the sums, for `unnest`. */
  columns(isWanted: (key: readonly string[]) => boolean = () => true): {
    keys: (index: number) => string[]
    amounts: string[]
    gifts: number[]
    size: number
  } {
    const rows = [...this.#rows.values()].filter(({ key, amountVnd, gifts }) => (amountVnd !== 0n || gifts !== 0) && isWanted(key))
    return {
      keys: (index) => rows.map(({ key }) => key[index] ?? ''),
      amounts: rows.map(({ amountVnd }) => String(amountVnd)),
      gifts: rows.map(({ gifts }) => gifts),
      size: rows.length,
    }
  }
}

/** Changes of givers' sums as columns, for `unnest`. */
interface SumColumns extends SumKeys {
  amounts: string[]
  gifts: number[]
}

/** Numbers the lists that sums stand in. @returns what gives the columns of those givers' sums that are wanted */
async function sumColumns(tx: Transaction, sums: Changes): Promise<(isWanted: (giverId: string) => boolean) => SumColumns> {
  const numbers = await listNumbers(tx, [...new Set(sums.columns().keys(1))])
  const numberOf = (name: string) => numbers.get(name) ?? fail(`the list ${name} has no number`)
  return (isWanted) => {
    const { keys, amounts, gifts } = sums.columns(([giverId = '']) => isWanted(giverId))
    return { giverIds: keys(0), listIds: keys(1).map(numberOf), amounts, gifts }
  }
}

/** The numbers of lists; those in which nobody stood are numbered now. */
async function listNumbers(tx: Transaction, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const find = (wanted: readonly string[]) =>
    tx.select().from(giverLists).where(isAnyOf(giverLists.name, wanted)).prepare('find lists of givers').execute()
  const known = new Map((await find(names)).map(({ id, name }) => [name, id]))
  const others = names.filter((name) => !known.has(name)).sort()
  if (others.length === 0) return known
  await tx.insert(giverLists).values(others.map((name) => ({ name })))
  for (const { id, name } of await find(others)) known.set(name, id)
  return known
}

function fail(message: string): never {
  throw new Error(message)
}

// What is taken away was added before, so it has a row: it is never inserted, which its check would refuse.
const addTotals = async (tx: Transaction, changes: Changes): Promise<void> => {
  const { keys, amounts, gifts, size } = changes.columns()
  if (size === 0) return
  await tx.execute(sql`
    with given as (select * from unnest(${sql.param(keys(0))}::text[], ${sql.param(keys(1))}::smallint[], ${sql.param(keys(2))}::text[],
        ${sql.param(amounts)}::bigint[], ${sql.param(gifts)}::int[]) as given(scope, year, kind, amount_vnd, gifts)),
      changed as (update ${recognitionTotals} t set amount_vnd = t.amount_vnd + g.amount_vnd, gifts = t.gifts + g.gifts
        from given g where (t.scope, t.year, t.kind) = (g.scope, g.year, g.kind) returning t.scope, t.year, t.kind)
    insert into ${recognitionTotals} (scope, year, kind, amount_vnd, gifts)
    select g.* from given g where not exists (select 1 from changed c where (c.scope, c.year, c.kind) = (g.scope, g.year, g.kind))`)
}

/** Changes of givers' sums, as rows of a query. */
const givenSums = ({ giverIds, listIds, amounts, gifts }: SumColumns): SQL => sql`select * from unnest(${sql.param(giverIds)}::bigint[],
  ${sql.param(amounts)}::bigint[], ${sql.param(listIds)}::int[], ${sql.param(gifts)}::int[]) as given(giver_id, amount_vnd, list_id, gifts)`

const insertSums = async (tx: Transaction, columns: SumColumns): Promise<void> => {
  if (columns.giverIds.length > 0)
    await tx.execute(sql`insert into ${giverSums} (giver_id, amount_vnd, list_id, gifts) ${givenSums(columns)}`)
}

const addSums = async (tx: Transaction, columns: SumColumns): Promise<void> => {
  if (columns.giverIds.length === 0) return
  await tx.execute(sql`
    with given as (${givenSums(columns)}),
      changed as (update ${giverSums} s set amount_vnd = s.amount_vnd + g.amount_vnd, gifts = s.gifts + g.gifts
        from given g where (s.giver_id, s.list_id) = (g.giver_id, g.list_id) returning s.giver_id, s.list_id)
    insert into ${giverSums} (giver_id, amount_vnd, list_id, gifts)
    select g.* from given g where not exists (select 1 from changed c where (c.giver_id, c.list_id) = (g.giver_id, g.list_id))`)
}

/** What is known of gifts today: what is left of them, where they went, and whether and as whose they are named. */
async function factsOf(tx: Transaction, ids: bigint[]): Promise<Known[]> {
  const rows = await tx
    .select({
      donationId: donations.id,
      pledgeId: donations.pledgeId,
      fundId: donations.fundId,
      receivedAt: donations.receivedAt,
      amountVnd: donations.amountVnd,
      returnedVnd: returnedVndOf(donations.id),
      unitId: campaigns.unitId,
      category: campaigns.category,
      kind: pledges.donorKind,
      isNamed: pledges.isNamed,
      name: disclosures.text,
      email: pledgeContacts.email,
      taxCode: pledgeContacts.taxCode,
    })
    .from(donations)
    .leftJoin(campaigns, eq(campaigns.lineId, donations.lineId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(pledgeContacts, eq(pledgeContacts.pledgeId, donations.pledgeId))
    .leftJoin(
      disclosures,
      and(eq(disclosures.pledgeId, donations.pledgeId), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')),
    )
    .where(and(isAnyOf(donations.id, ids), eq(donations.nature, 'gift')))
    .prepare('find facts of gifts')
    .execute()
  return rows.map(({ donationId, pledgeId, fundId, receivedAt, amountVnd, returnedVnd, unitId, category, kind, isNamed, name, ...who }) => {
    const leftVnd = amountVnd - returnedVnd
    const isShown = pledgeId !== null && kind !== null && isNamed === true && name !== null && leftVnd > 0n
    return {
      ...{ donationId, pledgeId, fundId, unitId, category, year: Number(dayOf(receivedAt).slice(0, 4)), amountVnd: leftVnd },
      giver: isShown ? { kind, pledgeId, key: giverKey({ kind, pledgeId, name, ...who }) } : null,
    }
  })
}

const nameOf = (key: Uint8Array): string => Buffer.from(key).toString('hex')

/** The givers of gifts, by their keys, held until the end; who gave for the first time is written down. */
async function giversOf(tx: Transaction, known: Known[]): Promise<Map<string, { id: bigint; kind: GiverKind; isNew: boolean }>> {
  const given = new Map(known.flatMap(({ giver }) => (giver ? [[nameOf(giver.key), giver]] : [])))
  if (given.size === 0) return new Map()
  const written = tx.$with('written', { id: givers.id }).as(
    sql`${insertRows(
      givers,
      [...given.values()].map((giver) => ({ ...giver, words: [] })),
    )} on conflict (key) do nothing returning id`,
  )
  const made = new Set((await tx.with(written).select().from(written).prepare('write givers').execute()).map(({ id }) => id))
  const rows = await tx
    .select({ id: givers.id, kind: givers.kind, key: givers.key })
    .from(givers)
    .where(sql`${givers.key} = any(array(select decode(name, 'hex') from unnest(${sql.param([...given.keys()])}::text[]) as name))`)
    .for('no key update')
    .prepare('find givers')
    .execute()
  return new Map(rows.map(({ id, kind, key }) => [nameOf(key), { id, kind, isNew: made.has(id) }]))
}

/** Names givers after the newest of their gifts; who has none left is forgotten, with what made their gifts one giver's. */
async function nameAnew(tx: Transaction, giverIds: bigint[]): Promise<void> {
  if (giverIds.length === 0) return
  const newest = sql`(select max(r.pledge_id) from recognised_gifts r where r.giver_id = ${givers.id})`
  await tx
    .update(givers)
    .set({ pledgeId: sql`${newest}` })
    .where(and(isAnyOf(givers.id, giverIds), sql`${newest} <> ${givers.pledgeId}`))
    .prepare('name givers anew')
    .execute()
  const gone = tx.$with('gone').as(
    tx
      .select({ id: givers.id })
      .from(givers)
      .where(and(isAnyOf(givers.id, giverIds), notExists(tx.select().from(recognisedGifts).where(eq(recognisedGifts.giverId, givers.id))))),
  )
  const ids = (await tx.with(gone).select().from(gone).prepare('find givers who are gone').execute()).map(({ id }) => id)
  if (ids.length === 0) return
  // Their sums have come to nothing, and what is nothing stands under no word.
  await tx.delete(giverSums).where(inArray(giverSums.giverId, ids))
  await tx.delete(givers).where(inArray(givers.id, ids))
}
