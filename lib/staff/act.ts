import type { Transaction } from '../../db/client'
import { sqlStateOf } from '../../db/sql-state'
import type { Context } from '../context'
import { refuse, type Result } from '../result'
import { isInTrail, writeAudit, type AuditFacts } from './audit'
import type { StaffSession } from './model'
import { isAllowed, type Permission } from './permissions'
import { holdStaff } from './sessions'
import { whereItStands, type Thing } from './things'

/** What somebody wants to do. */
export interface Deed<Value> {
  permission: Permission
  /** What it needs besides. */
  also?: readonly Permission[]
  /** The fund whose console it is done in; null for the platform. What it is about must be that fund's. */
  fundId: number | null
  /** What it is about: what is changed, or what the new thing is made for. */
  about: Thing
  /** The commune of something new that is about a whole fund: a need that is reported. */
  communeId?: number
  /** What stood before it, as references and figures: read in the same transaction, before the command. */
  before?: AuditFacts | ((context: Context) => Promise<AuditFacts | null>)
  /**
   * What would be told again in the same words is told once for each session and thing: of a text that saves itself in
   * every pause of typing, and keeps each version with who wrote it and when.
   */
  isToldOnce?: true
  /** What came of it, as references and figures. */
  after?: AuditFacts | ((value: Value) => AuditFacts | null)
}

/** `signed_out`: the session does not stand any more. `not_allowed`: the rules say no, or it is not of this fund. */
export type ActRefusal = 'signed_out' | 'not_allowed'

const MOST_TRIES = 5

/**
 * Lets somebody do something: the one way by which the console changes anything. In one transaction their roles and
 * session are held, the permission is checked against what the tables say of the thing, the command runs, and the trail
 * is written: so nobody acts with a role that has ended, and nothing is done that the trail does not tell. A refusal
 * leaves nothing behind. What the database breaks off for another transaction's sake is tried again.
 * @param command is given a context inside the transaction, and the id of who acts
 */
export async function act<Given extends Context, Value, Refusal extends string>(
  context: Given,
  session: StaffSession,
  deed: Deed<Value>,
  command: (context: Given, by: string) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | ActRefusal>> {
  for (let tries = 1; ; tries++) {
    try {
      return await actOnce(context, session, deed, command)
    } catch (error) {
      if (tries === MOST_TRIES || !isConflict(error)) throw error
    }
  }
}

const isConflict = (error: unknown): boolean => sqlStateOf(error)?.startsWith('40') === true

/** Carries a refusal out of a transaction, which is rolled back by it. */
class Refused<Refusal> extends Error {
  constructor(readonly refusal: Refusal) {
    super('refused')
  }
}

/**
 * A transaction that a command's own joins, instead of beginning a savepoint in it: postings are written in the very
 * transaction of their entry (`check_posting_with_entry`), and what a command refuses is rolled back whole anyway.
 * @param onFailure told why a command's own transaction failed, whatever the command makes of it
 */
function joined(tx: Transaction, onFailure: (error: unknown) => void): Transaction {
  const join = async (work: (inner: Transaction) => Promise<unknown>): Promise<unknown> => {
    try {
      return await work(outer)
    } catch (error) {
      onFailure(error)
      throw error
    }
  }
  const outer: Transaction = new Proxy(tx, {
    get(target, property) {
      if (property === 'transaction') return join
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? (...given: unknown[]): unknown => Reflect.apply(value, target, given) : value
    },
  })
  return outer
}

async function actOnce<Given extends Context, Value, Refusal extends string>(
  context: Given,
  session: StaffSession,
  deed: Deed<Value>,
  command: (context: Given, by: string) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | ActRefusal>> {
  const { permission, also = [], fundId, about, before, after, isToldOnce } = deed
  const at = context.now()
  let refused: Refused<Refusal> | undefined
  // A command that tries again by itself does so in a transaction that is broken off: it begins anew here, as a whole.
  let brokenOff: Error | undefined
  const onFailure = (error: unknown) => {
    if (error instanceof Error && isConflict(error)) brokenOff ??= error
  }
  try {
    return await context.db.transaction(async (tx) => {
      const held = await holdStaff(tx, session, at)
      if (!held) return refuse('signed_out')
      const by = { staffId: held.staffId, sessionId: session.sessionId, network: session.network }
      const stands = await whereItStands(tx, about)
      const communeId = stands?.communeId ?? deed.communeId
      const isFree = [permission, ...also].every((needed) => isAllowed(held.roles, needed, { fundId, communeId }))
      if (stands?.fundId !== fundId || !isFree) {
        await writeAudit(tx, { at, by, fundId, action: permission, outcome: 'denied', about })
        return refuse('not_allowed')
      }
      const inside = { ...context, db: joined(tx, onFailure) }
      const stood = typeof before === 'function' ? await before(inside) : before
      const done = await command(inside, held.staffId)
      if (!done.ok) throw (refused = new Refused(done.refusal))
      const came = typeof after === 'function' ? after(done.value) : after
      const told = { sessionId: session.sessionId, action: permission, about, after: came ?? null }
      if (isToldOnce && (await isInTrail(tx, told))) return done
      await writeAudit(tx, { at, by, fundId, action: permission, outcome: 'done', about, before: stood ?? null, after: came ?? null })
      return done
    })
  } catch (error) {
    if (brokenOff) throw brokenOff
    if (refused && error === refused) return refuse(refused.refusal)
    throw error
  }
}
