import { sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { rowsParameter } from '../../db/rows'
import { bankNotices, bankTransactions, LINE_KEYS, statementLines } from '../../db/schema'
import {
  compareLines,
  endOfPosting,
  firstPostingDay,
  identityOf,
  PROVIDERS,
  SAME_MOMENT_MS,
  type BankNotice,
  type LineIdentity,
  type Provider,
} from './model'
import type { ArrivedNotice } from './told'

/** Notices of one line lie at most this far apart: a bank's booking day may differ from the moment of the transfer. */
const WINDOW_MS = 3 * 86_400_000
/** A bank may use a reference again, in another year. */
const REFERENCE_WINDOW_MS = 30 * 86_400_000
const MOST_LOOK_ALIKES = 20
/** How a line may be found, the surest first; other providers stand before or after a notice's own. */
export const LOOK_UP = { reference: 0, balance: 1, ofProvider: 2, before: 3, after: 4, ofDay: 5 } as const

/** A line that is known: one of the books, or one that the batch under way brings. */
export interface KnownLine extends LineIdentity {
  /** Null until it is written. */
  id: bigint | null
  toldBy: { provider: Provider; providerEventId: string }[]
}

/** What is told of a line that another may be the same as. */
export type LookAlike = Pick<KnownLine, 'id' | 'reference'>

/** A line that was not known, and the known line it may be the same as. */
export interface NewLine {
  notice: ArrivedNotice
  line: KnownLine
  lookAlike: LookAlike | null
}

/** What a notice tells of. */
export type Identified = { kind: 'known'; notice: ArrivedNotice; line: KnownLine } | ({ kind: 'new' } & NewLine)

/** A line of the books that may be the one a notice tells of, and which look-up found it. */
export interface Candidate {
  line: KnownLine
  lookUp: number
}

/** Lines that are the same have this key in common; whoever compares holds the lock of its name. */
export const lineKey = ({ accountNumber, direction, amountVnd }: Pick<BankNotice, 'accountNumber' | 'direction' | 'amountVnd'>): string =>
  `${accountNumber} ${direction} ${amountVnd}`

/**
 * Finds which of the lines that notices tell of are known already, each with those in mind that come before it.
 * @param notices with account number and reference normalised, those of lines that were not told under these ids
 * @param candidates what `findCandidates` gave for each of them, while the locks of their keys are held
 */
export function identifyLines(notices: readonly ArrivedNotice[], candidates: (notice: ArrivedNotice) => Candidate[]): Identified[] {
  const brought = new Map<string, KnownLine[]>()
  return notices.map((notice) => {
    const { provider, providerEventId, stated } = notice
    const earlier = brought.get(lineKey(notice)) ?? []
    const found = [...candidates(notice), ...earlier.flatMap((line) => lookUpsOf(notice, line).map((lookUp) => ({ line, lookUp })))]
    const verdicts = inOrder(found).map(({ line }) => {
      const isToldByUs = line.toldBy.some((told) => told.provider === provider && told.providerEventId !== providerEventId)
      const isOnSameStatement = stated !== undefined && line.toldBy.some((told) => isOnStatement(told, stated.fileId))
      return { line, verdict: compareLines(identityOf(notice), { ...line, isToldByUs, isOnSameStatement }) }
    })
    const same = verdicts.find(({ verdict }) => verdict === 'same')
    if (same) {
      same.line.toldBy.push({ provider, providerEventId })
      return { kind: 'known', notice, line: same.line }
    }
    const line = { id: null, ...identityOf(notice), toldBy: [{ provider, providerEventId }] }
    brought.set(lineKey(notice), [...earlier, line])
    return { kind: 'new', notice, line, lookAlike: verdicts.find(({ verdict }) => verdict === 'unsure')?.line ?? null }
  })
}

/** Whether a line was told by a row of a file; the id of such a notice is that of the file and the number of the row. */
const isOnStatement = ({ provider, providerEventId }: KnownLine['toldBy'][number], fileId: bigint): boolean =>
  provider === 'statement' && providerEventId.startsWith(`${fileId}/`)

/** As each look-up would give them, were those of the batch in the books already: no more than it gives, and in its order. */
function inOrder(candidates: readonly Candidate[]): Candidate[] {
  const counts = new Map<number, number>()
  return [...candidates]
    .sort((a, b) => a.lookUp - b.lookUp || (a.lookUp < LOOK_UP.ofProvider ? 0 : byProviderAndTime(a.line, b.line)))
    .filter(({ lookUp }) => {
      const count = (counts.get(lookUp) ?? 0) + 1
      counts.set(lookUp, count)
      return count <= MOST_LOOK_ALIKES
    })
}

const byProviderAndTime = (a: KnownLine, b: KnownLine): number =>
  a.provider === b.provider ? a.transactedAt.getTime() - b.transactedAt.getTime() : a.provider < b.provider ? -1 : 1

/** Which look-ups of a notice find a line of the same key. */
function lookUpsOf(notice: BankNotice, line: KnownLine): number[] {
  const apartMs = Math.abs(notice.transactedAt.getTime() - line.transactedAt.getTime())
  const isFound = {
    reference: notice.reference !== null && notice.reference === line.reference && apartMs <= REFERENCE_WINDOW_MS,
    balance: notice.runningBalanceVnd !== null && notice.runningBalanceVnd === line.runningBalanceVnd && apartMs <= WINDOW_MS,
    ofProvider:
      notice.provider === line.provider &&
      notice.stated === undefined &&
      apartMs <= SAME_MOMENT_MS &&
      (notice.reference === null || line.reference === null),
    before: line.provider < notice.provider && apartMs <= WINDOW_MS,
    after: line.provider > notice.provider && apartMs <= WINDOW_MS,
  }
  return (['reference', 'balance', 'ofProvider', 'before', 'after'] as const).filter((name) => isFound[name]).map((name) => LOOK_UP[name])
}

/**
 * Lines of the books that may be those that notices tell of. Each look-up is served by an index and bounded, however
 * often a sum is given.
 * @returns gives the candidates of one of the notices, those that were written first before others
 */
export async function findCandidates(tx: Transaction, notices: readonly ArrivedNotice[]): Promise<(notice: ArrivedNotice) => Candidate[]> {
  const { id, provider, reference, runningBalanceVnd, transactedAt, postedOn, memo } = bankTransactions
  const found = tx
    .$with('found', {
      ...{ id, provider, reference, runningBalanceVnd, transactedAt, postedOn, memo },
      of: sql<number>`"of"`.as('of'),
      lookUp: sql<number>`look_up`.as('look_up'),
      toldBy: sql<KnownLine['toldBy']>`told_by`.as('told_by'),
    })
    .as(lookUps(notices))
  const rows = await tx.with(found).select().from(found).prepare('find candidates').execute()
  const lines = new Map<bigint, KnownLine>()
  const candidates = new Map<ArrivedNotice | undefined, Candidate[]>()
  for (const { of, lookUp, ...row } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    // One line that several notices find is one.
    const line = lines.get(row.id) ?? row
    lines.set(row.id, line)
    candidates.set(notices[of], [...(candidates.get(notices[of]) ?? []), { line, lookUp }])
  }
  return (notice) => candidates.get(notice) ?? []
}

function lookUps(notices: readonly BankNotice[]): SQL {
  const given = notices.map(
    ({ accountNumber, direction, amountVnd, reference, runningBalanceVnd, provider, transactedAt, stated }, of) => ({
      ...{ of, accountNumber, direction, amountVnd, reference, provider, transactedAt },
      referenceKey: reference === null ? null : `${lineKey({ accountNumber, direction, amountVnd })} ${reference}`,
      balanceKey: runningBalanceVnd === null ? null : `${lineKey({ accountNumber, direction, amountVnd })} ${runningBalanceVnd}`,
      ...{ fileId: stated?.fileId ?? null, postedOn: stated?.postedOn ?? null, isSureOnly: stated?.isSureOnly ?? false },
      firstPostingDay: firstPostingDay(transactedAt),
      endOfPosting: stated ? endOfPosting(stated.postedOn) : null,
    }),
  )
  const around = (ms: number) => {
    const window = sql`make_interval(secs => ${ms / 1_000}::double precision)`
    return sql`line.transacted_at between given."transactedAt" - ${window} and given."transactedAt" + ${window}`
  }
  const byKey = (number: number, condition: SQL, ms: number) => sql`(
    select ${number}::int as look_up, line.* from ${bankTransactions} as line
    where ${condition} and ${around(ms)} limit ${MOST_LOOK_ALIKES}::int)`
  const lookUp = (number: number, condition: SQL, ms: number) => sql`(
    select ${number}::int as look_up, line.* from ${bankTransactions} as line
    where line.account_number = given."accountNumber" and line.direction = given.direction and line.amount_vnd = given."amountVnd"
      and ${condition} and ${around(ms)}
    order by line.transacted_at limit ${MOST_LOOK_ALIKES}::int)`
  // Each by itself, so that the index leads to its lines of these days: those of all days, of one sum, are many.
  const ofOthers = (number: number, condition: SQL) => sql`(
    select line.* from unnest(${sql.param(PROVIDERS)}::text[]) as other(name)
    cross join lateral ${lookUp(number, sql`line.provider = other.name and ${mayBe}`, WINDOW_MS)} as line
    where ${condition} order by line.provider, line.transacted_at limit ${MOST_LOOK_ALIKES}::int)`
  // What can't be the line is left out before they are counted: of one popular sum there are more than a look-up gives.
  const mayBe = sql`not given."isSureOnly" and case when given."fileId" is null
    then line.posted_on is null or line.posted_on >= given."firstPostingDay"
    else (line.posted_on = given."postedOn" or (line.posted_on is null and line.transacted_at < given."endOfPosting"))
      and not exists (select 1 from ${statementLines} as claim
        where claim.bank_transaction_id = line.id and claim.file_id = given."fileId" and claim.kind = 'known') end`
  const found = sql.join(
    [
      byKey(LOOK_UP.reference, sql`${LINE_KEYS.reference} = given."referenceKey"`, REFERENCE_WINDOW_MS),
      byKey(LOOK_UP.balance, sql`${LINE_KEYS.balance} = given."balanceKey"`, WINDOW_MS),
      // Apart, so that lines without a reference are found among many that have one.
      lookUp(LOOK_UP.ofProvider, sql`given."fileId" is null and line.provider = given.provider and line.reference is null`, SAME_MOMENT_MS),
      lookUp(
        LOOK_UP.ofProvider,
        sql`given."fileId" is null and line.provider = given.provider and line.reference is not null and given.reference is null`,
        SAME_MOMENT_MS,
      ),
      ofOthers(LOOK_UP.before, sql`other.name < given.provider`),
      ofOthers(LOOK_UP.after, sql`other.name > given.provider`),
    ],
    sql` union all `,
  )
  const toldBy = sql`
    select coalesce(jsonb_agg(jsonb_build_object('provider', notice.provider, 'providerEventId', notice.provider_event_id)), '[]')
    from ${bankNotices} as notice where notice.bank_transaction_id = found.id`
  return sql`
    select given."of", (${toldBy}) as told_by, found.*
    from jsonb_to_recordset(${rowsParameter(given)}) as given("of" int, "accountNumber" text, direction text, "amountVnd" bigint,
      reference text, "referenceKey" text, "balanceKey" text, provider text, "transactedAt" timestamptz, "fileId" bigint, "postedOn" date,
      "isSureOnly" boolean, "firstPostingDay" date, "endOfPosting" timestamptz)
    cross join lateral (${found}) as found`
}
