import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { publicFacts } from './facts'

/** A stretch [start, end) that an event laid on its line, and whose it is. */
export interface LaidInterval {
  start: bigint
  end: bigint
  donationId: bigint | null
}

/** An event that has its place, with what it laid. All of it is append-only, so its leaf is the same whenever it is made. */
export interface LoggedEvent {
  kind: string
  fundSlug: string | null
  lineId: number | null
  /** What kind of pot the line is. */
  lineKind: string | null
  day: string
  amountVnd: bigint | null
  units: bigint | null
  donationId: bigint | null
  goodsReceiptId: bigint | null
  /** The line of the bank by which a gift came, and the channel that told of it first. */
  bankLineId: bigint | null
  bankProvider: string | null
  facts: Record<string, unknown>
  intervals: readonly LaidInterval[]
}

/** A longer list stands in a leaf as its number of items and its hash: an entry has room for 65,535 bytes. */
const MOST_ITEMS = 400
const MOST_FACTS_BYTES = 32_768

/**
 * The public form of an event, as it stands in the log for ever: canonical JSON (RFC 8785), amounts as text. Nothing
 * personal is in it (money.md §6, §8), and nothing that could differ when it is made again.
 */
export function encodeLeaf(event: LoggedEvent): string {
  const { kind, fundSlug, lineId, lineKind, day, amountVnd, units, donationId, goodsReceiptId, bankLineId, bankProvider } = event
  const intervals = laidBy(event)
  return canonical({
    v: 1,
    kind,
    ...present({
      fund: fundSlug,
      line: lineId,
      pot: lineKind,
      amountVnd: amountVnd === null ? null : String(amountVnd),
      units: units === null ? null : String(units),
      gift: donationId === null ? null : String(donationId),
      goods: goodsReceiptId === null ? null : String(goodsReceiptId),
      bankLine: bankLineId === null ? null : String(bankLineId),
      // Until a leaf classifies its line, no statement has it.
      toldBy: bankProvider === null ? null : bankProvider === 'statement' ? 'statement' : 'notice',
    }),
    day,
    ...(intervals.length > 0 ? { intervals: bounded(intervals) } : {}),
    facts: boundedFacts(publicFacts(kind, event.facts)),
  })
}

/** The stretches that an event laid, in text; with whose they are where that is not the event's own gift. */
const laidBy = ({ intervals, donationId: own }: LoggedEvent): string[][] =>
  intervals.map(({ start, end, donationId }) => [String(start), String(end), ...(donationId === own ? [] : [String(donationId)])])

/**
 * What stands in the leaf of an event only as its hash, in the canonical form of which that is.
 * @param name of a fact; "intervals"; or "facts", where they are too long as a whole
 * @returns null where nothing of that name is too long
 */
export function longListOf(event: LoggedEvent, name: string): string | null {
  const facts = publicFacts(event.kind, event.facts)
  if (name === 'facts') {
    const text = canonical(shortened(facts))
    return Buffer.byteLength(text) > MOST_FACTS_BYTES ? text : null
  }
  const list = name === 'intervals' ? laidBy(event) : Object.hasOwn(facts, name) ? facts[name] : null
  return Array.isArray(list) && list.length > MOST_ITEMS ? canonical(list) : null
}

const shortened = (facts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, bounded(value)]))

function boundedFacts(facts: Record<string, unknown>): Record<string, unknown> {
  const short = shortened(facts)
  // In whatever order its keys are, it is as long.
  const bytes = Buffer.byteLength(JSON.stringify(short))
  return bytes <= MOST_FACTS_BYTES ? short : { bytes, sha256: sha256(canonical(short)) }
}

const bounded = (value: unknown): unknown =>
  Array.isArray(value) && value.length > MOST_ITEMS ? { items: value.length, sha256: sha256(canonical(value)) } : value

const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

const sha256 = (text: string): string => hash('sha256', text, 'hex')

function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('a leaf has no text')
  return text
}
