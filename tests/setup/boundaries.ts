import type { LogVault } from '../../lib/public-log/vault'

/** Is told at each boundary what is about to happen, or just did: the same step has the same name in each run, on each engine. */
export type Boundary = (step: string) => void

const STATEMENTS = new Set<string | symbol>(['select', 'selectDistinct', 'with', 'insert', 'update', 'delete', 'execute'])

/**
 * The same database, which tells before each statement, and before and after each commit, that it comes to a boundary.
 * @param within where the transaction was begun whose statements these are
 */
export function withBoundaries<Of extends object>(db: Of, boundary: Boundary, within = ''): Of {
  return new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const call = (...given: unknown[]): unknown => Reflect.apply(member, target, given)
      if (STATEMENTS.has(name)) {
        return (...given: unknown[]) => {
          boundary(`${String(name)} at ${whereAsked()}${within}`)
          return call(...given)
        }
      }
      if (name !== 'transaction') return call
      return async (work: (tx: object) => Promise<unknown>, ...more: unknown[]) => {
        const begun = ` in ${whereAsked()}${within}`
        const done = await call(
          async (tx: object) => {
            const result = await work(withBoundaries(tx, boundary, begun))
            boundary(`before the commit${begun}`)
            return result
          },
          ...more,
        )
        boundary(`after the commit${begun}`)
        return done
      }
    },
  })
}

/** The same for what is kept outside of the database. */
export const vaultWithBoundaries = (vault: LogVault, boundary: Boundary): LogVault => ({
  ...vault,
  makeKey(key) {
    boundary('before the key')
    vault.makeKey(key)
    boundary('after the key')
  },
  keepPublished(note) {
    boundary(`before a checkpoint is kept at ${whereAsked()}`)
    vault.keepPublished(note)
    boundary(`after a checkpoint is kept at ${whereAsked()}`)
  },
})

const FRAME = /\/(lib\/[\w/-]+\.ts:\d+|tests\/setup\/boundaries)/
const OWN = 'tests/setup/boundaries'

/** Lines of the product that asked for a step, the last first, back to where a transaction was begun. */
function whereAsked(): string {
  const frames = (new Error().stack ?? '').split('\n').flatMap((line) => FRAME.exec(line)?.[1] ?? [])
  const asked = frames.slice(frames.findIndex((frame) => frame !== OWN))
  const end = asked.indexOf(OWN)
  return asked.slice(0, end < 0 ? asked.length : end).join(' < ')
}

/** Comes to an end at the nth boundary. */
export function atBoundary(nth: number, end: () => void): { boundary: () => void; passed: () => number } {
  let passed = 0
  return {
    boundary() {
      passed += 1
      if (passed === nth) end()
    },
    passed: () => passed,
  }
}
