import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { disclosures, pledges } from '../../db/schema'
import type { Context } from '../context'
import { tellName } from '../donors/tell-name'
import { commit } from '../events/commitment'
import { showChange } from '../events/show-change'
import { isStillAsked } from '../pledges/commands'
import { isOfOffice } from '../pledges/model'
import { MAX_NAME_LENGTH, plain } from '../pledges/schema'
import { reviewName } from '../pledges/text-rules'
import { ok, refuse, type Result } from '../result'
import { addDays, dayOf, startOfDay, type Day } from '../time/day'
import { pledgeMark } from './model'

/** Which pledge, and how it stood when the person looked at it. */
interface Looked {
  code: string
  seen: string
}
type Stale = 'not_found' | 'changed_meanwhile'

/** Nobody's promise is kept open for longer than this at once. */
const MOST_DAYS = 180

/** Locks a pledge that stands as the person saw it. Of two who looked at the same the first wins; the other is told. */
async function lockSeen(tx: Transaction, { code, seen }: Looked) {
  const [pledge] = await tx.select().from(pledges).where(eq(pledges.code, code)).for('update')
  if (!pledge) return refuse('not_found' as const)
  const [name] = await tx
    .select()
    .from(disclosures)
    .where(and(eq(disclosures.pledgeId, pledge.id), eq(disclosures.field, 'name')))
  if (pledgeMark({ ...pledge, commitment: name?.commitment ?? null }) !== seen) return refuse('changed_meanwhile' as const)
  return ok({ pledge, name: name ?? null })
}

/**
 * Corrects the name of a gift at its donor's word, and whether it shows. The text stands in the erasable table alone;
 * public facts hold a commitment to it, so a gift that arrived gets a new fact. A name that is not plainly one waits for
 * a person (docs/decisions/0010).
 * Refuses: what somebody else changed meanwhile; a name that is too long, or missing where an organisation gave or it is to show.
 */
export async function correctName(
  context: Context,
  wish: Looked & { name: string; isShown: boolean },
): Promise<Result<null, Stale | 'required' | 'too_long'>> {
  const now = context.now()
  const text = plain(wish.name)
  if ([...text].length > MAX_NAME_LENGTH) return refuse('too_long')
  return context.db.transaction(async (tx) => {
    const found = await lockSeen(tx, wish)
    if (!found.ok) return found
    const { pledge, name } = found.value
    if (text === '' && (wish.isShown || pledge.donorKind === 'company')) return refuse('required')
    const isShown = wish.isShown && text !== ''
    if (text !== (name?.text ?? '')) {
      await tx.delete(disclosures).where(and(eq(disclosures.pledgeId, pledge.id), eq(disclosures.field, 'name')))
      const salt = context.random(32)
      const commitment = commit('name', salt, text)
      const review = reviewName(text, pledge.donorKind)
      if (text !== '') await tx.insert(disclosures).values({ pledgeId: pledge.id, field: 'name', text, salt, commitment, review })
      await tellName(tx, pledge.id, 'name_changed', now, text === '' ? {} : { nameCommitment: commitment })
    }
    if (isShown !== pledge.isNamed) {
      await tx.update(pledges).set({ isNamed: isShown }).where(eq(pledges.id, pledge.id))
      await tellName(tx, pledge.id, isShown ? 'name_shown' : 'name_hidden', now)
    }
    await showChange(tx, now)
    return ok(null)
  })
}

/**
 * Keeps a promise open to the end of a day, also one past its time.
 * Refuses: what somebody else changed meanwhile; what is no promise any more, or of a cheque; a day that is past, before the
 * promise's own or half a year away; a campaign that would send the money back.
 */
export async function extendPledge(
  { db, now: clock }: Context,
  wish: Looked & { until: Day },
): Promise<Result<null, Stale | 'not_open' | 'not_a_day' | 'not_asked'>> {
  const now = clock()
  const today = dayOf(now)
  return db.transaction(async (tx) => {
    const found = await lockSeen(tx, wish)
    if (!found.ok) return found
    const { pledge } = found.value
    if (pledge.state !== 'open' || isOfOffice(pledge.method)) return refuse('not_open')
    const expiresAt = startOfDay(addDays(wish.until, 1))
    if (wish.until < today || wish.until > addDays(today, MOST_DAYS) || expiresAt <= pledge.expiresAt) return refuse('not_a_day')
    if (!(await isStillAsked(tx, pledge.id, today))) return refuse('not_asked')
    await tx.update(pledges).set({ expiresAt }).where(eq(pledges.id, pledge.id))
    return ok(null)
  })
}

/**
 * Cancels a promise at its donor's word. Money that comes all the same is still that donor's gift.
 * Refuses: what somebody else changed meanwhile; what is no promise any more; a cheque, which is returned at the cash desk.
 */
export async function cancelAtDesk({ db }: Context, wish: Looked): Promise<Result<null, Stale | 'not_open'>> {
  return db.transaction(async (tx) => {
    const found = await lockSeen(tx, wish)
    if (!found.ok) return found
    const { pledge } = found.value
    if (pledge.state !== 'open' || isOfOffice(pledge.method)) return refuse('not_open')
    await tx.update(pledges).set({ state: 'cancelled' }).where(eq(pledges.id, pledge.id))
    return ok(null)
  })
}
