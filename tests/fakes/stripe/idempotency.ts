import { invalid, Refusal } from './errors'

/** Stripe keeps a key for a day at least. */
const KEPT = 86_400

interface Asked {
  path: string
  form: string
}

interface Saved {
  status: number
  body: string
  requestId: string
}

/** The answers that were given under a key, to be given again. */
export class IdempotencyKeys {
  readonly #kept = new Map<string, Asked & { at: number; saved: Saved }>()

  /** The answer given before under this key; refuses a key that comes with another request. */
  find(key: string, asked: Asked, now: number): Saved | null {
    if (key.length > 255) throw invalid('Idempotency keys may be at most 255 characters long.')
    const before = this.#kept.get(key)
    if (!before || before.at + KEPT < now) return null
    const other = `Try using a key other than '${key}' if you meant to execute a different request.`
    const refuse = (message: string) => new Refusal(400, { type: 'idempotency_error', message: `${message} ${other}` })
    if (before.path !== asked.path) {
      throw refuse(`Keys for idempotent requests can only be used for the same endpoint they were first used for ('${before.path}').`)
    }
    if (sorted(before.form) !== sorted(asked.form)) {
      throw refuse('Keys for idempotent requests can only be used with the same parameters they were first used with.')
    }
    return before.saved
  }

  /** The same, unless the key has an answer already. */
  keepFirst(key: string, asked: Asked, now: number, saved: Saved): void {
    if (this.find(key, asked, now) === null) this.keep(key, asked, now, saved)
  }

  keep(key: string, { path, form }: Asked, now: number, saved: Saved): void {
    this.#kept.set(key, { path, form, at: now, saved })
  }
}

/** The same parameters in another order are the same. */
const sorted = (form: string): string => JSON.stringify([...new URLSearchParams(form)].sort())
