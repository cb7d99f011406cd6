import { createHash, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { and, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib'
import type { Transaction } from '../../../db/client'
import { staffFactors, staffRecoveryCodes, staffSessions } from '../../../db/schema'
import type { Context, StaffSettings } from '../../context'
import { ok, refuse, type Result } from '../../result'
import { writeAudit } from '../audit'
import type { NewFactor, StaffSession } from '../model'
import { endSessions } from '../sessions'
import { seal, unseal } from './seal'

/** RFC 6238 with what every app knows: SHA-1, six digits, 30 seconds; one step of time on either side. */
const STEP_SECONDS = 30
const SECRET_BYTES = 20
const SEED_BYTES = 32
const RECOVERY_CODES = 8
/** Six digits are guessed in a million tries: after so many a session ends, and another link is needed. */
const MOST_WRONG = 5
/** Setting it up may take so long; after that it is begun anew. */
const SETUP_MS = 30 * 60_000

const base32 = new ScureBase32Plugin()

export interface FactorContext extends Context {
  staff: StaffSettings
}

/** Whose session shows a second factor. */
export type Prover = StaffSession & { staffId: string }

const standing = (staffId: string) =>
  and(eq(staffFactors.staffId, staffId), isNotNull(staffFactors.confirmedAt), isNull(staffFactors.removedAt))

/**
 * Begins to set up a person's second factor, or goes on with what was begun: a page that is opened again shows the same.
 * @param label what the app shows beside the code
 */
export async function beginFactor(context: FactorContext, { staffId, label }: { staffId: string; label: string }): Promise<NewFactor> {
  const now = context.now()
  const begun = await findBegun(context, staffId)
  if (begun) return shown(begun.bytes, label)
  const bytes = new Uint8Array([...context.random(SECRET_BYTES), ...context.random(SEED_BYTES)])
  await context.db.insert(staffFactors).values({
    ...{ staffId, sealed: seal(context.staff.secret, staffId, bytes, context.random), createdAt: now },
  })
  return shown(bytes, label)
}

async function findBegun(context: FactorContext, staffId: string): Promise<{ id: bigint; bytes: Uint8Array } | null> {
  const [row] = await context.db
    .select()
    .from(staffFactors)
    .where(
      and(
        eq(staffFactors.staffId, staffId),
        isNull(staffFactors.confirmedAt),
        isNull(staffFactors.removedAt),
        gt(staffFactors.createdAt, new Date(context.now().getTime() - SETUP_MS)),
      ),
    )
    .orderBy(desc(staffFactors.id))
    .limit(1)
  const bytes = row && unseal(context.staff.secret, staffId, row.sealed)
  return row && bytes ? { id: row.id, bytes } : null
}

function shown(bytes: Uint8Array, label: string): NewFactor {
  const secret = base32.encode(bytes.subarray(0, SECRET_BYTES), { padding: false })
  return {
    uri: generateURI({ issuer: 'Từng Đồng', label, secret }),
    typed: secret.replaceAll(/(.{4})(?=.)/g, '$1 '),
    recoveryCodes: recoveryCodesOf(bytes.subarray(SECRET_BYTES)),
  }
}

const SYMBOLS = '23456789abcdefghjkmnpqrstuvwxyz'

/** Eight codes of ten symbols, "k3f9m-2xq7r": 49 bits each. */
const recoveryCodesOf = (seed: Uint8Array): string[] =>
  Array.from({ length: RECOVERY_CODES }, (_, index) => {
    const digest = createHash('sha256').update('tung-dong/recovery/v1\0').update(seed).update(String(index)).digest()
    const symbols = [...digest.subarray(0, 10)].map((byte) => SYMBOLS[byte % SYMBOLS.length] ?? '').join('')
    return `${symbols.slice(0, 5)}-${symbols.slice(5)}`
  })

const stretch = promisify<string, string, number, Buffer>(scrypt)

/** Slow on purpose: a code has 49 bits, which are soon tried where a hash is quick (ASVS 6.5.2). */
const hashOf = async (factorId: bigint, code: string): Promise<string> =>
  (await stretch(code, `tung-dong/recovery-hash/v1/${factorId}`, 32)).toString('hex')

/** The step of time of a code that is right and newer than the last one taken; null where it is wrong. */
function stepOf(secret: Uint8Array, code: string, now: Date, lastStep: number | null): number | null {
  const checked = verifySync({
    ...{ secret: base32.encode(secret, { padding: false }), token: code, epoch: Math.floor(now.getTime() / 1_000) },
    ...{ period: STEP_SECONDS, epochTolerance: STEP_SECONDS },
    ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
  })
  return checked.valid && 'timeStep' in checked ? checked.timeStep : null
}

export type ProveRefusal = 'wrong_code' | 'too_many' | 'nothing_begun'

/**
 * Takes the first code of an app: from then on it is this person's second factor, the session has shown it, and of its
 * recovery codes hashes are all that is kept.
 */
export async function confirmFactor(context: FactorContext, prover: Prover, typed: string): Promise<Result<null, ProveRefusal>> {
  const { staffId } = prover
  const begun = await findBegun(context, staffId)
  if (!begun) return refuse('nothing_begun')
  const secret = begun.bytes.subarray(0, SECRET_BYTES)
  const hashes = await Promise.all(recoveryCodesOf(begun.bytes.subarray(SECRET_BYTES)).map((code) => hashOf(begun.id, code)))
  return prove(context, prover, async (tx, now, hasShown) => {
    const step = stepOf(secret, digitsOf(typed), now, null)
    if (step === null) return null
    // Whoever has the mailbox alone puts no other phone in the place of the old one.
    const [old] = await tx.select({ id: staffFactors.id }).from(staffFactors).where(standing(staffId)).for('update')
    if (old && !hasShown) return null
    await tx.update(staffFactors).set({ removedAt: now }).where(standing(staffId))
    const sealed = seal(context.staff.secret, staffId, secret, context.random)
    await tx.update(staffFactors).set({ sealed, confirmedAt: now, lastStep: step }).where(eq(staffFactors.id, begun.id))
    await tx.insert(staffRecoveryCodes).values(hashes.map((codeHash) => ({ factorId: begun.id, codeHash })))
    return 'set_up'
  })
}

/** Takes a code of the app, or a recovery code: the session has shown its second factor. No code counts twice. */
export async function proveFactor(context: FactorContext, prover: Prover, typed: string): Promise<Result<null, ProveRefusal>> {
  const { staffId } = prover
  return prove(context, prover, async (tx, now) => {
    const [factor] = await tx.select().from(staffFactors).where(standing(staffId)).for('update')
    if (!factor) return null
    const digits = digitsOf(typed)
    if (/^\d{6}$/.test(digits)) {
      const secret = unseal(context.staff.secret, staffId, factor.sealed)
      const step = secret && stepOf(secret, digits, now, factor.lastStep)
      if (step === null) return null
      await tx.update(staffFactors).set({ lastStep: step }).where(eq(staffFactors.id, factor.id))
      return 'app'
    }
    const used = await tx
      .update(staffRecoveryCodes)
      .set({ usedAt: now })
      .where(
        and(
          eq(staffRecoveryCodes.factorId, factor.id),
          eq(staffRecoveryCodes.codeHash, await hashOf(factor.id, recoveryCodeOf(typed))),
          isNull(staffRecoveryCodes.usedAt),
        ),
      )
      .returning({ hash: staffRecoveryCodes.codeHash })
    return used.length === 1 ? 'recovery_code' : null
  })
}

const digitsOf = (typed: string): string => typed.replaceAll(/\s/g, '')

/** As it was shown: small letters, in two groups. */
function recoveryCodeOf(typed: string): string {
  const symbols = typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return `${symbols.slice(0, 5)}-${symbols.slice(5)}`
}

/** Runs a check under the session's row, so that tries at the same time count one by one. @param check says how; null where wrong */
async function prove(
  context: FactorContext,
  { sessionId, staffId, network }: Prover,
  check: (tx: Transaction, now: Date, hasShown: boolean) => Promise<'app' | 'recovery_code' | 'set_up' | null>,
): Promise<Result<null, ProveRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const own = and(eq(staffSessions.id, sessionId), eq(staffSessions.staffId, staffId), isNull(staffSessions.endedAt))
    const [session] = await tx.select().from(staffSessions).where(own).for('update')
    if (!session || session.wrongCodes >= MOST_WRONG) return refuse('too_many')
    const how = await check(tx, now, session.secondFactorAt !== null)
    const by = { staffId, sessionId, network }
    const told = { at: now, by, fundId: null, action: 'sign_in.second_factor', about: { kind: 'person', id: staffId } }
    if (how === null) {
      await tx
        .update(staffSessions)
        .set({ wrongCodes: session.wrongCodes + 1 })
        .where(own)
      await writeAudit(tx, { ...told, outcome: 'denied' })
      if (session.wrongCodes + 1 < MOST_WRONG) return refuse('wrong_code')
      await endSessions(tx, { now, staffId, sessionId, why: 'wrong_codes' })
      return refuse('too_many')
    }
    await tx
      .update(staffSessions)
      .set({ secondFactorAt: sql`coalesce(second_factor_at, ${now})` })
      .where(own)
    await writeAudit(tx, { ...told, outcome: 'done', after: { how } })
    return ok(null)
  })
}
