/** What an entry of the log says, as far as it is read here; all of it is in its bytes. */
export interface EntryFacts {
  kind: string
  day: string
  fund: string | null
  /** Number of the pot that it is about, and of which kind that is. */
  line: string | null
  pot: string | null
  amountVnd: bigint | null
  units: bigint | null
  /** Place in the campaign's budget of what was given. */
  item: string | null
  code: string | null
  via: string | null
  /** Of a gift by bank: `notice` where no statement of the bank had it when it was logged, else `statement`. */
  toldBy: string | null
  /** Number of the office's own receipt. */
  receipt: string | null
  nameCommitment: string | null
  /** Hash of the public paper that it tells of. */
  sha256: string | null
}

/** Reads an entry; null where it is none. */
export function readEntryFacts(body: string): EntryFacts | null {
  const leaf = readObject(body)
  if (!leaf || typeof leaf['kind'] !== 'string' || typeof leaf['day'] !== 'string') return null
  const facts = isObject(leaf['facts']) ? leaf['facts'] : {}
  return {
    ...{ kind: leaf['kind'], day: leaf['day'], fund: textOf(leaf['fund']), pot: textOf(leaf['pot']) },
    ...{ line: typeof leaf['line'] === 'number' ? String(leaf['line']) : null, toldBy: textOf(leaf['toldBy']) },
    ...{ amountVnd: countOf(leaf['amountVnd']), units: countOf(leaf['units']) },
    ...{ item: typeof facts['item'] === 'number' ? String(facts['item']) : null },
    ...{ code: textOf(facts['code']), via: textOf(facts['via']), receipt: textOf(facts['receipt']) },
    ...{ nameCommitment: textOf(facts['nameCommitment']), sha256: textOf(facts['sha256']) },
  }
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const countOf = (value: unknown): bigint | null => (typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : null)

/** Reads a JSON object; null where a text is none. */
export function readObject(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
