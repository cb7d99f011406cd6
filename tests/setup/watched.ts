import type { Database, Transaction } from '../../db/client'
import type { Context } from '../../lib/context'

/** Calls of a transaction that become a statement. */
const STATEMENTS = new Set<string | symbol>(['select', 'insert', 'update', 'delete', 'execute', 'with'])

/** Told of what a database is asked for, before it is; what they throw is what the database answers. */
export interface Watch {
  onTransaction?: () => void
  onStatement?: () => void
}

/** The same context, whose database is watched. */
export const watched = <Given extends Context>(context: Given, { onTransaction, onStatement }: Watch): Given => {
  const watchedTx = (tx: Transaction): Transaction => proxy(tx, (property) => STATEMENTS.has(property) && onStatement?.())
  const transaction: Database['transaction'] = (work, config) => {
    onTransaction?.()
    return context.db.transaction((tx) => work(watchedTx(tx)), config)
  }
  const db = proxy(context.db, () => undefined, { transaction })
  return { ...context, db }
}

/** The same context inside a transaction, which what begins one of its own joins. */
export function within<Given extends Context>(context: Given, tx: Transaction): Given {
  const joined: Transaction = proxy(tx, () => undefined, { transaction: (work) => work(joined) })
  return { ...context, db: joined }
}

function proxy<Target extends object>(target: Target, before: (property: string | symbol) => void, instead: Partial<Target> = {}): Target {
  return new Proxy(target, {
    get(of, property) {
      if (property in instead) return Reflect.get(instead, property)
      const value: unknown = Reflect.get(of, property)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        before(property)
        return Reflect.apply(value, of, given)
      }
    },
  })
}
