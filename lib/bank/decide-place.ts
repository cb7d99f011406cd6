import { eq } from 'drizzle-orm'
import { donations } from '../../db/schema'
import { recordDonations, type Received } from '../donations/record'
import { takeOffLine, type Donation } from '../donations/reverse'
import { fundLine, lineAccount } from '../ledger/books'
import { moveOn, rememberEntry, Refused, standingDonations, type Deciding, type LockedLine, type OwnAccount } from './deciding'
import { lineFor, lockPledges } from './match'

/** What of a line is for one pledge, or for the general pot where the code is null. */
export interface Part {
  code: string | null
  amountVnd: bigint
}

const PLACEABLE = ['unplaced', 'to_return', 'placed'] as const

/**
 * Places the gift of a line: on pledges, the general pot, or several of them. It leaves the line it lies on, and a donation
 * for each part stands in its place (money.md §2: unplaced / line of the campaign).
 */
export async function placeGift(deciding: Deciding, on: LockedLine, parts: readonly Part[]): Promise<void> {
  const { account, gift } = await oneGift(deciding, on)
  if (parts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n) !== on.line.amountVnd) throw new Refused('not_the_sum')
  const places = await placesOf(deciding, on, account, parts)
  if (places.some(({ lineId }) => lineId === gift.lineId)) throw new Refused('same_line')
  await replace(deciding, on, gift, account, places)
  await moveOn(deciding, on, { state: 'placed' })
}

/** Books a line that was taken for a gift as interest: it lies on the general pot, and is nobody's gift. */
export async function bookInterest(deciding: Deciding, on: LockedLine): Promise<void> {
  const { account, gift } = await oneGift(deciding, on)
  const lineId = await fundLine(deciding.tx, account.fundId, 'general')
  if (lineId === gift.lineId) throw new Refused('same_line')
  const place = { lineId, pledgeId: null, code: null, amountVnd: gift.amountVnd }
  await replace(deciding, on, gift, account, [{ ...place, nature: 'interest' }])
  await moveOn(deciding, on, { state: 'settled' })
}

/** The one donation a line stands booked as; a line that was split is put together again first. */
async function oneGift({ tx }: Deciding, { line, account }: LockedLine): Promise<{ account: OwnAccount; gift: Donation }> {
  if (!account || !PLACEABLE.some((state) => state === line.state)) throw new Refused('wrong_state')
  const [gift, ...others] = await standingDonations(tx, line.id)
  if (!gift) throw new Error(`bank line ${line.id} stands booked as nothing`)
  if (others.length > 0) throw new Refused('placed_before')
  return { account, gift }
}

type Place = Pick<Received, 'lineId' | 'pledgeId' | 'code' | 'amountVnd' | 'nature'>

async function placesOf({ tx }: Deciding, { line }: LockedLine, account: OwnAccount, parts: readonly Part[]): Promise<Place[]> {
  const known = await lockPledges(tx, [...new Set(parts.flatMap(({ code }) => code ?? []))])
  const general = await fundLine(tx, account.fundId, 'general')
  return parts.map(({ code, amountVnd }) => {
    if (code === null) return { lineId: general, pledgeId: null, code, amountVnd }
    const pledge = known.get(code)
    if (!pledge) throw new Refused('unknown_pledge')
    if (pledge.fundId !== account.fundId) throw new Refused('other_fund')
    const lineId = lineFor(pledge, line.transactedAt)
    if (lineId === null) throw new Refused('after_closing_day')
    return { lineId, pledgeId: pledge.pledgeId, code, amountVnd }
  })
}

/** Takes a donation off its line and lays others in its place, each by an entry from line to line. */
async function replace(
  { tx, decisionId, now }: Deciding,
  { line }: LockedLine,
  gift: Donation,
  { fundId, alias }: OwnAccount,
  places: readonly Place[],
): Promise<void> {
  const taken = await takeOffLine(tx, gift, { decisionId, now })
  if (!taken.ok) throw new Refused(taken.refusal)
  const from = await lineAccount(tx, gift.lineId)
  const ids = await recordDonations(
    tx,
    places.map((place, index) => ({
      ...place,
      fundId,
      source: {
        kind: 'placed',
        bankTransactionId: line.id,
        accountAlias: alias,
        ...{ replacesId: gift.id, key: `decision:${decisionId}:${index}` },
      },
      ...{ into: from, receivedAt: gift.receivedAt, bookedAt: now },
    })),
  )
  for (const id of ids) {
    const [made] = await tx.select({ entryId: donations.entryId }).from(donations).where(eq(donations.id, id))
    if (!made) throw new Error(`donation ${id} was not made`)
    await rememberEntry(tx, decisionId, made.entryId)
  }
}
