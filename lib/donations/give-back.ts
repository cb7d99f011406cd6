import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { events, lineTakeovers } from '../../db/schema'
import { appendEvent } from '../events/append'
import { fundAccount, fundLine, lineAccount, type BookAccount } from '../ledger/books'
import type { Posting } from '../ledger/post'
import { lengthOf, named, subtract, takeFirst, takeLast, written, type Stretch } from '../money-line/stretches'
import { endHolds, firstFree, layUses, NotLaidYet, ownStretches, type OwnStretches } from '../money-line/uses'
import type { Day } from '../time/day'

/** Money of a gift that goes back to who gave it. */
export interface GiveBack {
  donationId: bigint
  fundId: number
  /** In đồng as the gift was booked. */
  amountVnd: bigint
  /** Where the money is that goes back. */
  from: BookAccount
  kind: 'refund' | 'dispute_lost'
  /** Names the fact. */
  key: string
  /** The event that held the đồng for this; null where none did. */
  holdEventId: bigint | null
  day: Day
  now: Date
  /** What else is public of it. */
  facts: Record<string, unknown>
}

/**
 * Takes money of a gift off its line, in the caller's transaction: what was held for it first, then what nothing
 * claims, then what another request to return it holds. Money that was spent already comes from the fund's reserve,
 * which stands in for the spent đồng from then on, and what the reserve lacks is owed by the fund (money.md §2, §5).
 * Throws `NotLaidYet` while the gift has no place on its line, or a dispute holds what is wanted: the reserve is
 * there for what was spent, not for what waits.
 * @returns the postings of it, and what they come to: no more than is left of the gift
 */
export async function giveBack(tx: Transaction, wish: GiveBack): Promise<{ postings: Posting[]; givenVnd: bigint }> {
  const { donationId, fundId, from, kind, key, day, now, facts } = wish
  const reserve = await fundLine(tx, fundId, 'reserve')
  const own = await ownStretches(tx, donationId, [reserve])
  const leftVnd = lengthOf(own.free) + lengthOf(own.spent) + lengthOf(own.held.map(({ stretch }) => stretch))
  const givenVnd = wish.amountVnd < leftVnd ? wish.amountVnd : leftVnd
  const taken = await choose(tx, own, givenVnd, wish.holdEventId)
  const missingVnd = givenVnd - lengthOf(taken)
  if (missingVnd > lengthOf(own.spent)) throw new NotLaidYet(`a part of gift ${donationId} waits for the end of something else`)
  const append = async (event: {
    kind: GiveBack['kind'] | 'reserve_used'
    suffix: string
    lineId: number | null
    amountVnd: bigint | null
    more: object
  }) => {
    const eventId = await appendEvent(tx, {
      ...{ kind: event.kind, idempotencyKey: `${key}:${event.suffix}`, fundId, lineId: event.lineId, day, amountVnd: event.amountVnd },
      ...{ facts: { ...facts, ...event.more }, donationId, createdAt: now },
    })
    if (eventId === null) throw new Error(`${key} was given back before`)
    return eventId
  }
  const postings: Posting[] = []
  const told: bigint[] = []
  for (const lineId of new Set(taken.map((stretch) => stretch.lineId))) {
    const stretches = taken.filter((stretch) => stretch.lineId === lineId)
    const eventId = await append({
      kind,
      suffix: `line:${lineId}`,
      lineId,
      amountVnd: lengthOf(stretches),
      more: { stretches: written(stretches) },
    })
    await endHoldsOver(tx, own, stretches, eventId)
    await layUses(tx, eventId, stretches)
    postings.push({ debit: await lineAccount(tx, lineId), credit: from, amountVnd: lengthOf(stretches) })
    told.push(eventId)
  }
  if (missingVnd > 0n) {
    const free = subtract(await firstFree(tx, reserve, missingVnd + lengthOf(taken)), taken)
    const covering = takeFirst(free, missingVnd)
    const coveredVnd = lengthOf(covering)
    const stoodInFor = takeLast(own.spent, missingVnd)
    const eventId = await append({
      kind: 'reserve_used',
      suffix: 'reserve',
      lineId: coveredVnd > 0n ? reserve : null,
      amountVnd: coveredVnd > 0n ? coveredVnd : null,
      more: {
        ...{ stretches: written(covering), coversVnd: String(missingVnd), owedByFundVnd: String(missingVnd - coveredVnd) },
        standsInFor: stoodInFor.map(named),
      },
    })
    await layUses(tx, eventId, covering, { isFirst: taken.every(({ lineId }) => lineId !== reserve) })
    if (stoodInFor.length > 0) await tx.insert(lineTakeovers).values(stoodInFor.map((stretch) => ({ ...stretch, eventId })))
    if (coveredVnd > 0n) postings.push({ debit: await lineAccount(tx, reserve), credit: from, amountVnd: coveredVnd })
    if (coveredVnd < missingVnd) {
      const owed = await fundAccount(tx, fundId, 'donation', 'due_from_fund')
      postings.push({ debit: owed, credit: from, amountVnd: missingVnd - coveredVnd })
    }
    told.push(eventId)
  }
  const [first] = told
  if (wish.holdEventId !== null && first !== undefined) await endHolds(tx, wish.holdEventId, first)
  return { postings, givenVnd }
}

/** The đồng that go back, the last of a gift first. */
async function choose(tx: Transaction, own: OwnStretches, amountVnd: bigint, holdEventId: bigint | null): Promise<Stretch[]> {
  const held = (is: (eventId: bigint) => boolean) => own.held.filter(({ eventId }) => is(eventId)).map(({ stretch }) => stretch)
  const requests = new Set<bigint>()
  for (const { eventId } of own.held) {
    const [event] = await tx.select({ kind: events.kind }).from(events).where(eq(events.id, eventId))
    if (event?.kind === 'refund_requested' && eventId !== holdEventId) requests.add(eventId)
  }
  const taken: Stretch[] = []
  for (const stretches of [held((eventId) => eventId === holdEventId), own.free, held((eventId) => requests.has(eventId))]) {
    taken.push(...takeLast(stretches, amountVnd - lengthOf(taken)))
  }
  return taken
}

/** A request whose đồng went back another way holds nothing any more. */
async function endHoldsOver(tx: Transaction, own: OwnStretches, taken: Stretch[], endedBy: bigint): Promise<void> {
  const touched = own.held.filter(({ stretch }) => lengthOf(subtract([stretch], taken)) < lengthOf([stretch]))
  for (const eventId of new Set(touched.map((hold) => hold.eventId))) await endHolds(tx, eventId, endedBy)
}
