import { and, asc, desc, eq, gt, inArray, lt, lte, sql, type SQL } from 'drizzle-orm'
import { campaigns, disclosures, pledgeContacts, pledgeLetters, pledges } from '../../db/schema'
import { PUBLIC_STATES } from '../campaigns/states'
import type { Context } from '../context'
import { plainPhone } from '../goods/schema'
import { fold } from '../i18n/fold'
import { pick, type Locale } from '../i18n/locale'
import { parseVnd } from '../money/vnd'
import { isPaymentCode, normalizeCode } from '../pledges/codes'
import type { GiftState } from '../pledges/model'
import { pledgeState } from '../pledges/progress'
import { pledgeMark, type PledgeDetail, type PledgeFilter, type PledgeRow, type WaitingText } from './model'

const PAGE = 40
/** Nobody looks at more of what waits at once. */
const MOST_WAITING = 60

const selected = {
  pledge: pledges,
  name: disclosures.text,
  review: disclosures.review,
  commitment: disclosures.commitment,
  titleVi: campaigns.titleVi,
  titleEn: campaigns.titleEn,
}

const selectPledges = ({ db }: Context) =>
  db
    .select(selected)
    .from(pledges)
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .leftJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name')))
    .$dynamic()
type Selected = Awaited<ReturnType<typeof selectPledges>>[number]

/**
 * Promises and gifts of a fund, the newest first.
 * @param mayReach whether who looks may write to donors: only they find somebody by e-mail address or phone number
 * @param before number of the row after which the page begins; null for the first
 */
export async function listPledges(
  context: Context,
  fundId: number,
  { filter, mayReach, before }: { filter: PledgeFilter; mayReach: boolean; before: bigint | null },
  locale: Locale,
): Promise<{ rows: PledgeRow[]; next: string | null }> {
  const found = await selectPledges(context)
    .where(
      and(
        eq(pledges.fundId, fundId),
        before === null ? undefined : lt(pledges.id, before),
        textCondition(context, filter.text, mayReach),
        filter.state === null ? undefined : stateCondition(filter.state, context.now()),
        filter.campaign === null
          ? undefined
          : inArray(
              pledges.campaignId,
              context.db
                .select({ id: campaigns.id })
                .from(campaigns)
                .where(and(eq(campaigns.slug, filter.campaign), eq(campaigns.fundId, fundId))),
            ),
      ),
    )
    .orderBy(desc(pledges.id))
    .limit(PAGE + 1)
  const rows = found.slice(0, PAGE).map((row) => rowOf(row, context.now(), locale))
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null }
}

/** Each shape of text asks one index; words are looked for in names, shown or not, with or without their marks. */
function textCondition({ db }: Context, typed: string, mayReach: boolean): SQL | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  const code = normalizeCode(text)
  if (isPaymentCode(code)) return eq(pledges.code, code)
  const reaching = (condition: SQL) =>
    mayReach ? inArray(pledges.id, db.select({ id: pledgeContacts.pledgeId }).from(pledgeContacts).where(condition)) : sql`false`
  if (text.includes('@'))
    return reaching(sql`lower(${pledgeContacts.email}) = ${text.toLowerCase()} and ${pledgeContacts.email} is not null`)
  const phone = plainPhone(text)
  if (/^(?:0|\+)\d{8,15}$/.test(phone))
    return reaching(and(eq(pledgeContacts.phone, phone), sql`${pledgeContacts.phone} is not null`) ?? sql`false`)
  const amountVnd = parseVnd(text)
  if (amountVnd !== null) return eq(pledges.amountVnd, amountVnd)
  const words = fold(text).split(' ').filter(Boolean).slice(0, 8)
  if (words.length === 0) return sql`false`
  return inArray(
    pledges.id,
    db
      .select({ id: disclosures.pledgeId })
      .from(disclosures)
      .where(
        and(
          eq(disclosures.field, 'name'),
          sql`to_tsvector('simple', ${disclosures.folded}) @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`,
        ),
      ),
  )
}

function stateCondition(state: GiftState, now: Date): SQL | undefined {
  if (state === 'expired') return and(eq(pledges.state, 'open'), lte(pledges.expiresAt, now))
  return state === 'open' ? and(eq(pledges.state, 'open'), gt(pledges.expiresAt, now)) : eq(pledges.state, state)
}

function rowOf({ pledge, name, titleVi, titleEn }: Selected, now: Date, locale: Locale): PledgeRow {
  const { id, code, state, method, amountVnd, isNamed, createdAt, expiresAt } = pledge
  return {
    ...{ id: String(id), code, method, amountVnd, name, isNamed, createdAt, expiresAt, state: pledgeState(state, expiresAt, now) },
    campaign: titleVi !== null && titleEn !== null ? pick(locale, titleVi, titleEn) : null,
  }
}

/** One promise or gift of a fund, by its code; null where the fund has none. @param mayReach as for `listPledges` */
export async function getPledge(
  context: Context,
  fundId: number,
  { code, mayReach }: { code: string; mayReach: boolean },
  locale: Locale,
): Promise<PledgeDetail | null> {
  const [row] = await selectPledges(context).where(and(eq(pledges.code, code), eq(pledges.fundId, fundId)))
  if (!row) return null
  const { pledge, review, commitment } = row
  const [[contact], letters] = await Promise.all([
    context.db.select().from(pledgeContacts).where(eq(pledgeContacts.pledgeId, pledge.id)),
    context.db.select().from(pledgeLetters).where(eq(pledgeLetters.pledgeId, pledge.id)).orderBy(asc(pledgeLetters.id)),
  ])
  return {
    ...rowOf(row, context.now(), locale),
    ...{ review, seen: pledgeMark({ ...pledge, commitment }), isCompany: pledge.donorKind === 'company' },
    contact: mayReach ? { email: contact?.email ?? null, phone: contact?.phone ?? null } : null,
    hasEmail: (contact?.email ?? null) !== null,
    letters: letters.map(({ id, template, words, writtenBy, writtenAt, sentAt }) => ({
      ...{ id: String(id), kind: template, words: mayReach ? words : null, by: writtenBy, at: writtenAt, isSent: sentAt !== null },
    })),
  }
}

/** Campaigns of a fund that anybody may have pledged to, in the order of their titles. */
export async function listPledgeCampaigns({ db }: Context, fundId: number, locale: Locale): Promise<{ slug: string; title: string }[]> {
  const rows = await db
    .select({ slug: campaigns.slug, vi: campaigns.titleVi, en: campaigns.titleEn })
    .from(campaigns)
    .where(and(eq(campaigns.fundId, fundId), inArray(campaigns.state, [...PUBLIC_STATES])))
  return rows.map(({ slug, vi, en }) => ({ slug, title: pick(locale, vi, en) })).toSorted((a, b) => a.title.localeCompare(b.title, locale))
}

const waitsIn = (fundId: number) => and(eq(disclosures.review, 'waiting'), eq(pledges.fundId, fundId))

/** Names and messages of a fund's gifts that wait for a person before they show, the oldest first (docs/decisions/0010). */
export async function listWaitingTexts({ db }: Context, fundId: number): Promise<WaitingText[]> {
  const rows = await db
    .select({ code: pledges.code, donorKind: pledges.donorKind, disclosure: disclosures })
    .from(disclosures)
    .innerJoin(pledges, eq(pledges.id, disclosures.pledgeId))
    .where(waitsIn(fundId))
    .orderBy(asc(disclosures.pledgeId), desc(disclosures.field))
    .limit(MOST_WAITING)
  return rows.map(({ code, donorKind, disclosure: { field, text, commitment } }) => ({
    ...{ code, field, text, isCompany: donorKind === 'company', seen: commitment },
  }))
}

/** How many of them wait. */
export async function countWaitingTexts({ db }: Context, { fundId }: { fundId: number }): Promise<number> {
  const [row] = await db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(disclosures)
    .innerJoin(pledges, eq(pledges.id, disclosures.pledgeId))
    .where(waitsIn(fundId))
  return row?.count ?? 0
}
