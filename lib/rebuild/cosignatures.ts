import { and, asc, eq, gt } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logCheckpoints, logCosignatures, logWitnesses } from '../../db/schema'
import { findCosignature } from '../tlog/add-checkpoint'
import { parseVerifierKey } from '../tlog/keys'
import { parseNote } from '../tlog/note'

const AT_ONCE = 500
/** Of a witness so many wrong lines are told. */
const MOST_TOLD = 10

/**
 * Checks what witnesses said: each line is under the checkpoint of its size, by the key of its witness, and made when it is
 * kept to have been made.
 * @param onProgress told how many lines were looked at; what it throws ends it
 * @returns what is not so, one line each
 */
export async function checkCosignatures(db: Database, onProgress: (done: number) => void): Promise<string[]> {
  const found: string[] = []
  let done = 0
  for (const { id, verifierKey } of await db.select().from(logWitnesses).orderBy(asc(logWitnesses.id))) {
    const key = parseVerifierKey(verifierKey)
    let wrong = 0
    for (let after = 0n; wrong <= MOST_TOLD;) {
      const rows = await db
        .select({ cosignature: logCosignatures, note: logCheckpoints.note })
        .from(logCosignatures)
        .innerJoin(logCheckpoints, eq(logCheckpoints.size, logCosignatures.size))
        .where(and(eq(logCosignatures.witnessId, id), gt(logCosignatures.size, after)))
        .orderBy(asc(logCosignatures.size))
        .limit(AT_ONCE)
      const last = rows.at(-1)
      if (!last) break
      for (const { cosignature, note } of rows) {
        const { size, line, cosignedAt } = cosignature
        const made = key && findCosignature(parseNote(note)?.text ?? '', line, key)
        if (made?.line === line && made.timestamp * 1000n === BigInt(cosignedAt.getTime())) continue
        wrong += 1
        if (wrong <= MOST_TOLD)
          found.push(`log_cosignatures, witness_id ${id}, size ${size}: is no line of that witness under that checkpoint`)
      }
      onProgress((done += rows.length))
      after = last.cosignature.size
    }
    if (wrong > MOST_TOLD) found.push(`log_cosignatures, witness_id ${id}: and more`)
  }
  return found
}
