import type { Saying } from './schema'

export type UnreadKind = Saying['kind']

/** What waits: a notice, a change of the balance at Stripe, or a line of an account that is not ours. */
export type UnreadSubject = { of: 'notice'; id: bigint } | { of: 'movement'; id: string } | { of: 'line'; id: bigint }

/** Why a machine could not place it. */
export type UnreadWhy = 'not_understood' | 'contradiction' | 'movement' | 'unknown_account'

/** What waits for a person because no machine could read or place it, with what is known of it. */
export interface UnreadItem {
  /** As addresses and forms name it (`readSubject`). */
  key: string
  of: UnreadSubject['of']
  why: UnreadWhy
  at: Date
  /** Who told of it: an aggregator, the bank's statement, Stripe. */
  source: 'casso' | 'payos' | 'sepay' | 'statement' | 'stripe'
  /** Signed: below zero, it went out. Null where nobody could read it. */
  amountVnd: bigint | null
  /** Private: what it says, as it came. */
  facts: { name: string; value: string }[]
  /** The line that was told under the same id, which it contradicts. */
  earlier: { id: string; direction: 'in' | 'out'; amountVnd: bigint; memo: string; transactedAt: Date } | null
  /** Whether it names an account of the fund; else it is nobody's yet, and every fund's accountants see it. */
  isOwn: boolean
  /** Of a line: whether its account is one of the fund by now. */
  isAccountOurs: boolean
  /** How it stands, for whoever decides. */
  seen: string
  /** Who lets it wait, and for what. */
  waits: { by: string; at: Date; reason: string } | null
}

/** What a person said of something unread. */
export interface UnreadDecisionRow {
  id: string
  kind: UnreadKind
  /** What it was about. */
  subject: { of: 'notice' | 'movement'; id: string }
  amountVnd: bigint | null
  by: string
  at: Date
  reason: string
  isUndone: boolean
}

export type UnreadRefusal =
  | 'not_found'
  | 'key_taken'
  /** Somebody was first. */
  | 'decided_already'
  /** The line it should be is none of the fund, or nothing is there to book. */
  | 'no_match'
  /** A reason is missing. */
  | 'no_reason'

/** How something is named in addresses and forms: "tin-12", "stripe-txn_1", "dong-3". */
export const subjectKey = ({ of, id }: UnreadSubject): string => `${{ notice: 'tin', movement: 'stripe', line: 'dong' }[of]}-${id}`

/** Reads it back; null where it is none. */
export function readSubject(key: string): UnreadSubject | null {
  const [, name, id = ''] = /^(tin|stripe|dong)-(\w{1,100})$/.exec(key) ?? []
  if (name === 'stripe') return { of: 'movement', id }
  if (name === undefined || !/^[1-9]\d{0,17}$/.test(id)) return null
  return { of: name === 'tin' ? 'notice' : 'line', id: BigInt(id) }
}

const MOST_FACTS = 24
const LONGEST = 200

/** What a message says, name by name, as far as a person reads it. */
export function factsOf(body: unknown): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = []
  const walk = (value: unknown, name: string): void => {
    if (found.length === MOST_FACTS || value === null || value === '') return
    if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) walk(inner, name === '' ? key : `${name}.${key}`)
      return
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    found.push({ name, value: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text })
  }
  walk(body, '')
  return found
}
