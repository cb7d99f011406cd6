import { asc, eq } from 'drizzle-orm'
import { funds, programmes } from '../../db/schema'
import type { Context } from '../context'
import { ownName } from '../donors/own-name'
import { commit } from '../events/commitment'
import { getParticulars } from '../funds/particulars'
import { getGoodsGift, getOwnGoods } from '../goods/queries'
import type { GoodsGift } from '../goods/model'
import { pick, type Locale } from '../i18n/locale'
import { broughtIn, listArrivedEntries } from '../pledges/arrived'
import { getOwnGift, getSomeGifts, type WantedGifts } from '../pledges/queries'
import type { ArrivedGift } from '../pledges/model'
import { lastCheckpoint } from '../public-log/ancestor'
import { proveEntry } from '../public-log/prove'
import { dayOf } from '../time/day'
import {
  MOST_LINES,
  type ApartGift,
  type GiftLine,
  type GivenView,
  type Opening,
  type PaperHead,
  type ReceiptLine,
  type ReceiptView,
  type StatementProofs,
  type YearStatement,
} from './model'
import { encodePrinted } from './printed'

/** What came with a code, oldest first, as far as it is wanted, and what every paper of it says. */
interface Papers {
  head: PaperHead
  giver: Giver
  lines: GiftLine[]
}

/** What tells whether two gifts are one giver's. */
interface Giver {
  /** As papers have it; null where there is none, or none that was read yet. */
  name: string | null
  typedName: string
  email: string | null
}

/**
 * The receipt of one gift.
 * @param number its entry in the public log
 * @param isOwn whoever asks has the gift's secret: their name and tax code are on it though they are not public
 * @returns null where nothing that stands came with this code under this number
 */
export async function getReceipt(
  context: Context,
  { code, number, isOwn }: { code: string; number: bigint; isOwn: boolean },
  locale: Locale,
): Promise<ReceiptView | null> {
  const given = await getGiven(context, { code, number, isOwn }, locale)
  if (!given) return null
  const line = { ...given.line, entry: await proveEntry(context.db, number) }
  const opening = isOwn ? await openingOf(context, code, [line]) : null
  return { ...given, opening, line, printed: encodePrinted(given, [{ ...given.line, code }], null) }
}

/** The same without its proof: what a receipt made now would say. */
export async function getGiven(
  context: Context,
  { code, number, isOwn }: { code: string; number: bigint; isOwn: boolean },
  locale: Locale,
): Promise<GivenView | null> {
  const papers = await readPapers(context, code, { entry: number }, isOwn, locale)
  const line = papers?.lines.find((one) => one.number === number)
  return papers && line ? { ...papers.head, line } : null
}

/**
 * All that came with a code in a year of Việt Nam, without the proofs of it.
 * @returns null where nothing did, or more than one paper holds
 */
export async function getYearStatement(
  context: Context,
  { code, year, isOwn }: { code: string; year: number; isOwn: boolean },
  locale: Locale,
): Promise<YearStatement | null> {
  const papers = await readYear(context, { code, year, isOwn }, locale)
  return papers && papers.lines.length <= MOST_LINES ? stated(papers.head, year, [papers]) : null
}

/**
 * All that came in a year with several codes whose keys one giver holds: on one statement where the fund and the giver of the
 * first are theirs, too. A paper speaks in one fund's name and of one giver, and whoever holds several links need not be one person.
 * @param code whose key whoever asks was found to hold; its fund and its giver are the statement's
 * @param others likewise, without it
 * @returns no statement where nothing came with any of them, or more with the first than one paper holds
 */
export async function getJointStatement(
  context: Context,
  { code, others, year }: { code: string; others: readonly string[]; year: number },
  locale: Locale,
): Promise<{ statement: YearStatement | null; apart: ApartGift[] }> {
  const first = await readYear(context, { code, year, isOwn: true }, locale)
  if (!first || first.lines.length > MOST_LINES) return { statement: null, apart: [] }
  const joined = [first]
  // Before any is read: what nothing came with costs a stranger nothing, and many of those would keep the site busy.
  const brought = await broughtIn(context, others, year)
  const apart = others.flatMap((other): ApartGift[] => (brought.has(other) ? [] : [{ code: other, why: 'year' }]))
  let room = MOST_LINES - first.lines.length
  for (const other of others.filter((one) => brought.has(one))) {
    const papers = await readYear(context, { code: other, year, isOwn: true }, locale)
    const why = papers ? whyApart(first, papers, room) : 'year'
    if (papers && why === null) {
      joined.push(papers)
      room -= papers.lines.length
    } else apart.push({ code: other, why: why ?? 'year' })
  }
  // A company whose name on this gift was not read yet has one on another of its tax code: that one's own paper would be headed so.
  const name = joined.find(({ giver }) => giver.name !== null)?.giver.name ?? first.head.name
  return { statement: stated({ ...first.head, name }, year, joined), apart }
}

/** Why what came with a code is not on the statement of another one; null where it is. */
function whyApart(first: Papers, other: Papers, room: number): ApartGift['why'] | null {
  if (other.head.fund.slug !== first.head.fund.slug) return 'fund'
  if (other.head.isCompany !== first.head.isCompany || other.head.taxCode !== first.head.taxCode) return 'giver'
  // Organisations are known by their tax code.
  const isKnown = first.head.isCompany && first.head.taxCode !== null
  if (!isKnown && !isSameName(first.giver, other.giver)) return other.giver.name === null ? 'nameless' : 'giver'
  if (other.lines.length === 0) return 'year'
  return other.lines.length > room ? 'room' : null
}

/** Whether two have one name on their papers, in small letters or capitals; those without one, whether they typed the same and can be reached at one e-mail address (as lib/recognition knows givers). */
const isSameName = (one: Giver, other: Giver): boolean =>
  one.name !== null && other.name !== null
    ? sameWriting(one.name) === sameWriting(other.name)
    : one.name === other.name &&
      one.email !== null &&
      other.email !== null &&
      sameWriting(one.email) === sameWriting(other.email) &&
      sameWriting(one.typedName) === sameWriting(other.typedName)

const sameWriting = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

const readYear = async (
  context: Context,
  { code, year, isOwn }: { code: string; year: number; isOwn: boolean },
  locale: Locale,
): Promise<Papers | null> => {
  const papers = await readPapers(context, code, { year, most: MOST_LINES + 1 }, isOwn, locale)
  return papers && { ...papers, lines: papers.lines.filter(({ day }) => day.startsWith(`${year}-`)) }
}

/** The statement of a year; null where nothing came in it. */
function stated(
  { locale, name, isCompany, taxCode, fund, seed }: PaperHead,
  year: number,
  papers: readonly Papers[],
): YearStatement | null {
  const came = papers.filter(({ lines }) => lines.length > 0)
  const lines = came
    .flatMap(({ head: { code }, lines: own }) => own.map((line) => ({ ...line, code })))
    .toSorted((a, b) => (a.day === b.day ? Number(a.number - b.number) : a.day < b.day ? -1 : 1))
  if (lines.length === 0) return null
  const sum = (part: 'amountVnd' | 'returnedVnd') =>
    lines.reduce((total, { given }) => (given.kind === 'money' ? total + given[part] : total), 0n)
  return {
    ...{ locale, name, isCompany, taxCode, fund, seed, year, lines },
    purposes: came.map(({ head: { code, campaign, commune } }) => ({ code, campaign, commune })),
    ...{ totalVnd: sum('amountVnd'), returnedVnd: sum('returnedVnd') },
  }
}

/** Whether a checkpoint speaks of all entries of a statement, so that each can be proven. */
export async function canProve({ db }: Context, { lines }: YearStatement): Promise<boolean> {
  const size = (await lastCheckpoint(db))?.size ?? 0
  return lines.every(({ number }) => number < size)
}

/**
 * Proves every gift of a statement: some queries for each, so for its PDF alone, when it is drawn.
 * @param isOwn whoever asks has the secret of each of its codes, and gets what opens the commitments to their name
 */
export async function proveStatement(context: Context, statement: YearStatement, isOwn: boolean): Promise<StatementProofs> {
  const { purposes, lines, totalVnd } = statement
  const proven: (ReceiptLine & { code: string })[] = []
  for (const line of lines) proven.push({ ...line, entry: await proveEntry(context.db, line.number) })
  const openings: Opening[] = []
  for (const { code } of isOwn ? purposes : []) {
    const ofCode = proven.filter((line) => line.code === code)
    const opening = await openingOf(context, code, ofCode)
    if (opening) openings.push(opening)
  }
  return { lines: proven, openings, printed: encodePrinted({ ...statement, officeNumber: null }, lines, totalVnd) }
}

/** Entries of what came with a code, oldest first, and not more than so many; null where there is no such code. */
export async function listEntries(context: Context, code: string, most: number, locale: Locale): Promise<bigint[] | null> {
  const goods = await getGoodsGift(context, code, locale)
  if (!goods) return listArrivedEntries(context, code, most)
  const entries = goodsLines(goods).map(({ number }) => number)
  return entries.slice(0, most)
}

async function readPapers(context: Context, code: string, wanted: WantedGifts, isOwn: boolean, locale: Locale): Promise<Papers | null> {
  const goods = await getGoodsGift(context, code, locale)
  const money = goods ? null : await getSomeGifts(context, code, wanted, locale)
  const given = goods ?? money?.head
  if (!given) return null
  const own = isOwn ? await (goods ? getOwnGoods(context, code) : getOwnGift(context, code)) : null
  const name = isOwn ? ((await ownName(context, code))?.text ?? null) : null
  const { isCompany, fund, campaign, commune, publicName } = given
  return {
    giver: { name, typedName: own?.name ?? '', email: own?.email ?? null },
    head: {
      ...{ locale, code, isCompany, taxCode: own?.taxCode ?? null, commune: commune?.fullName ?? null },
      campaign: campaign && { slug: campaign.slug, title: campaign.title },
      name: name ?? publicName,
      fund: { ...fund, ...(await fundFacts(context, fund.slug, locale)) },
      seed: goods ? goods.commune.seed : (money?.head.seed ?? fund.slug),
      officeNumber: money?.head.receipt?.number ?? null,
    },
    lines: goods ? goodsLines(goods) : moneyLines(money?.gifts ?? []),
  }
}

const goodsLines = ({ visits }: GoodsGift): GiftLine[] =>
  visits.flatMap(({ receivedOn, goods }) =>
    goods.flatMap(({ entry, units, unit, item, position }): GiftLine[] =>
      entry === null ? [] : [{ number: entry, day: receivedOn, given: { kind: 'goods', units, unit, item, position } }],
    ),
  )

const moneyLines = (gifts: readonly ArrivedGift[]): GiftLine[] =>
  gifts.flatMap(({ entry, receivedAt, via, isStated, amountVnd, returnedVnd, charged }): GiftLine[] =>
    entry === null
      ? []
      : [{ number: entry, day: dayOf(receivedAt), given: { kind: 'money', via, isStated, amountVnd, returnedVnd, charged } }],
  )

/** Where a fund works, by which plans, and where it is found. */
async function fundFacts(context: Context, slug: string, locale: Locale): Promise<Omit<PaperHead['fund'], 'slug' | 'name'>> {
  const rows = await context.db
    .select({ id: funds.id, vi: funds.placeVi, en: funds.placeEn, plan: programmes.decisionNumber })
    .from(funds)
    .leftJoin(programmes, eq(programmes.fundId, funds.id))
    .where(eq(funds.slug, slug))
    .orderBy(asc(programmes.id))
  const [first] = rows
  if (!first) throw new Error(`there is no fund ${slug}`)
  return {
    place: pick(locale, first.vi, first.en),
    plans: rows.flatMap(({ plan }) => (plan === null ? [] : [plan])),
    particulars: await getParticulars(context, first.id),
  }
}

/** What opens the commitment to the donor's name, where it is still the name that one of these entries speaks of. */
async function openingOf(context: Context, code: string, lines: readonly ReceiptLine[]): Promise<Opening | null> {
  const name = await ownName(context, code)
  if (!name) return null
  const commitment = commit('name', name.salt, name.text)
  const isMeant = lines.some(({ entry }) => entry?.body.includes(`"nameCommitment":"${commitment}"`))
  return isMeant ? { field: 'name', text: name.text, salt: Buffer.from(name.salt).toString('hex') } : null
}
