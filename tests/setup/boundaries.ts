import type { LogVault } from '../../lib/public-log/vault'

const STATEMENTS = new Set<string | symbol>(['select', 'selectDistinct', 'with', 'insert', 'update', 'delete', 'execute'])

/** The same database, which tells before each statement, and before and after each commit, that it comes to a boundary. */
export function withBoundaries<Of extends object>(db: Of, boundary: () => void): Of {
  return new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const call = (...given: unknown[]): unknown => Reflect.apply(member, target, given)
      if (STATEMENTS.has(name)) {
        return (...given: unknown[]) => {
          boundary()
          return call(...given)
        }
      }
      if (name !== 'transaction') return call
      return async (work: (tx: object) => Promise<unknown>, ...more: unknown[]) => {
        const done = await call(
          async (tx: object) => {
            const result = await work(withBoundaries(tx, boundary))
            boundary()
            return result
          },
          ...more,
        )
        boundary()
        return done
      }
    },
  })
}

/** The same for what is kept outside of the database. */
export const vaultWithBoundaries = (vault: LogVault, boundary: () => void): LogVault => ({
  ...vault,
  makeKey(key) {
    boundary()
    vault.makeKey(key)
    boundary()
  },
  keepPublished(note) {
    boundary()
    vault.keepPublished(note)
    boundary()
  },
})

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
