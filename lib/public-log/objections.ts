import { z } from 'zod'
import { formatVerifierKey, type VerifierKey } from '../tlog/keys'
import type { Asked, WitnessAddress } from './ask-witness'
import { LogRefused } from './refused'
import type { LogVault } from './vault'

const objectionsSchema = z.array(
  z.object({
    /** Verifier key of the witness. */
    witness: z.string(),
    name: z.string(),
    refusal: z.enum(['behind', 'forked']),
    /** What it has cosigned (`behind`), or what it would not cosign (`forked`). */
    size: z.int(),
    since: z.iso.datetime(),
  }),
)

/** What a witness has against the log that this database holds. */
export type Objection = z.output<typeof objectionsSchema>[number]

const readAll = (vault: LogVault): Objection[] => objectionsSchema.parse(JSON.parse(vault.readObjections() ?? '[]'))

/** What the witnesses that are asked have against the log. What one said that is asked no more does not count. */
export function listObjections({ vault, witnesses }: { vault: LogVault; witnesses: readonly WitnessAddress[] }): Objection[] {
  const asked = new Set(witnesses.map(({ key }) => formatVerifierKey(key)))
  return readAll(vault).filter(({ witness }) => asked.has(witness))
}

/** Keeps that a witness objects, outside of the database; or forgets it where it has cosigned what is here. */
export function keepAnswer(vault: LogVault, key: VerifierKey, answer: Asked, now: Date): void {
  // What it objected to before stands where it was not heard again.
  if (answer.kind === 'not_understood' || answer.kind === 'not_asked') return
  const witness = formatVerifierKey(key)
  const all = readAll(vault)
  const others = all.filter((one) => one.witness !== witness)
  if (answer.kind === 'cosigned') {
    if (others.length < all.length) vault.keepObjections(JSON.stringify(others))
    return
  }
  const refusal = answer.kind === 'ahead' ? ('behind' as const) : ('forked' as const)
  const known = all.find((one) => one.witness === witness && one.refusal === refusal && one.size === answer.size)
  if (known) return
  vault.keepObjections(JSON.stringify([...others, { witness, name: key.name, refusal, size: answer.size, since: now.toISOString() }]))
}

/** What a witness objects to, for whoever runs the site. */
export const describeObjection = ({ name, refusal, size, since }: Objection): string =>
  refusal === 'behind'
    ? `the witness ${name} has cosigned ${size} entries of the public log and fewer are here: this database is an older backup, or somebody else signs with its key (since ${since})`
    : `the witness ${name} has cosigned another history of the public log than the ${size} entries that are here: a backup was put back and went on, or somebody else signs with its key (since ${since})`

/** Throws LogRefused where a witness objects: nothing gets a place then and nothing is signed, until it agrees or is asked no more. */
export function ensureNoObjection(publicLog: { vault: LogVault; witnesses: readonly WitnessAddress[] }): void {
  const [first] = listObjections(publicLog)
  if (first) throw new LogRefused(first.refusal, describeObjection(first))
}
