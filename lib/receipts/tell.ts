import type { Locale } from '../i18n/locale'
import { formatCount, formatVnd } from '../money/vnd'
import { formatDay, formatMoment, isDay } from '../time/day'
import { isProven, isRight, type Checked, type CheckedEntry, type OpenedName, type Witnessed } from './check'
import type { TellTexts, Told } from './model'
import type { Difference } from './printed'

/** Of what a paper says of itself, which may be anything. */
const LONGEST_VALUE = 60
/** A name, or the writings of it on a statement of several codes. */
const LONGEST_NAMES = 240

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** Tells what a checked paper or proof is. */
export function tellChecked(checked: Exclude<Checked, { kind: 'file' }>, texts: TellTexts, locale: Locale): Told {
  const entries = checked.kind === 'proof' ? [checked.entry] : checked.entries
  const parts = entries.map((entry) => tellEntry(entry, texts, locale))
  const isWhole = isRight(checked)
  if (checked.kind === 'proof') {
    if (!isWhole && checked.entry.ok) return { verdict: 'unknown', title: texts.former.title, text: texts.former.text, parts }
    const [verdict, title] = isWhole ? (['right', texts.right] as const) : (['wrong', texts.wrong] as const)
    return { verdict, title, text: checked.entry.ok ? texts.proofRight : texts.why[checked.entry.why], parts }
  }
  const { name, page } = checked
  if (isWhole) {
    const told = [fill(texts.paperRight, { count: formatCount(entries.length, locale) })]
    told.push(name ? `${tellName(name, entries.length, texts, locale)} ${texts.sealedOnlyNamed}` : texts.sealedOnly)
    return { verdict: 'right', title: texts.right, text: `${told.join(' ')} ${texts.since}`, parts }
  }
  // What could not be asked for or compared is no fault of the paper, where all else is right.
  const asked = entries.map((entry): CheckedEntry => (entry.ok && entry.former !== null ? { ...entry, former: 'published' } : entry))
  if (isRight({ ...checked, entries: asked, page: page === 'untold' ? 'same' : page })) {
    const { title, text } = entries.every(isProven) ? { title: texts.notCompared, text: texts.untold } : texts.former
    return { verdict: 'unknown', title, text, parts }
  }
  return { verdict: 'wrong', title: texts.wrong, text: whatIsWrong(checked, texts, locale), parts }
}

const tellName = ({ text, count }: OpenedName, all: number, texts: TellTexts, locale: Locale): string =>
  fill(count === all ? texts.nameRight : texts.nameSome, {
    ...{ name: text.slice(0, LONGEST_NAMES), count: formatCount(count, locale), all: formatCount(all, locale) },
  })

function whatIsWrong({ seal, entries, page, name }: Extract<Checked, { kind: 'paper' }>, texts: TellTexts, locale: Locale): string {
  const really = entries.some(({ ok }) => ok) ? ` ${texts.really}` : ''
  if (seal !== 'whole') return `${texts.seals[seal]}${really}`
  if (entries.length === 0) return texts.noProof
  const bad = entries.find((entry) => !entry.ok)
  if (bad) return texts.why[bad.why]
  if (page === 'unreadable') return `${texts.unreadable}${really}`
  if (typeof page === 'object') return tellDifference(page, texts, locale)
  return name?.isRight === false ? texts.nameWrong : texts.noProof
}

function tellDifference({ field, printed, logged }: Difference, texts: TellTexts, locale: Locale): string {
  const vias: Readonly<Record<string, string>> = texts.vias
  const value = (text: string | null) => {
    if (text === null) return texts.nothing
    if (field === 'day' && isDay(text)) return formatDay(text)
    if (field === 'via') return vias[text] ?? text.slice(0, LONGEST_VALUE)
    if (field === 'fund') return texts.funds[text] ?? text.slice(0, LONGEST_VALUE)
    const isSum = (field === 'amountVnd' || field === 'totalVnd') && /^\d{1,20}$/.test(text)
    return isSum ? formatVnd(BigInt(text), locale) : text.slice(0, LONGEST_VALUE)
  }
  const rows: Readonly<Record<string, string>> = { ...texts.rows, amountVnd: texts.rows.amount, totalVnd: texts.rows.total }
  return fill(texts.differs, { row: rows[field] ?? field, printed: value(printed), logged: value(logged) })
}

/**
 * Tells whether a file is a public paper that the log names.
 * @param found the entry that was found by the file's hash; null where there is none, `not_asked` where nobody could be asked
 */
export function tellPaper(sha256: string, found: CheckedEntry | 'not_asked' | null, texts: TellTexts, locale: Locale): Told {
  if (found === 'not_asked') return { verdict: 'unknown', title: texts.notAsked, text: fill(texts.paperNotAsked, { sha256 }), parts: [] }
  if (found === null)
    return { verdict: 'unknown', title: texts.unknown, text: `${fill(texts.paperUnknown, { sha256 })} ${texts.looksOurs}`, parts: [] }
  if (found.ok && found.facts.kind === 'document_withdrawn' && found.facts.sha256 === sha256) {
    const text = fill(texts.paperWithdrawn, { day: formatDay(found.facts.day), sha256 })
    return { verdict: 'wrong', title: texts.withdrawn, text, parts: [tellEntry(found, texts, locale)] }
  }
  if (found.ok && !isProven(found))
    return { verdict: 'unknown', title: texts.former.title, text: texts.former.text, parts: [tellEntry(found, texts, locale)] }
  const isSame = found.ok && found.facts.kind === 'document' && found.facts.sha256 === sha256
  return {
    verdict: isSame ? 'right' : 'wrong',
    title: isSame ? texts.right : texts.wrong,
    text: isSame ? fill(texts.publicRight, { sha256 }) : found.ok ? texts.otherPaper : texts.why[found.why],
    parts: [tellEntry(found, texts, locale)],
  }
}

/** Tells that a file is larger than any of ours, and was not looked at. */
export const tellTooLarge = (texts: TellTexts): Told => ({ verdict: 'unknown', title: texts.tooLarge, text: texts.tooLargeText, parts: [] })

/** Tells what an entry says, or why it does not hold. */
export function tellEntry(entry: CheckedEntry, texts: TellTexts, locale: Locale): Told['parts'][number] {
  if (!entry.ok) return { title: texts.entryWrong, rows: [[texts.rows.why, texts.why[entry.why]]], body: entry.body }
  const { index, size, former, witnesses, body, facts } = entry
  const kinds: Readonly<Record<string, string>> = texts.kinds
  const vias: Readonly<Record<string, string>> = texts.vias
  const pots: Readonly<Record<string, string>> = texts.pots
  const rows: [string, string | null][] = [
    [texts.rows.what, kinds[facts.kind] ?? facts.kind],
    [texts.rows.amount, facts.amountVnd === null ? null : formatVnd(facts.amountVnd, locale)],
    [texts.rows.units, facts.units === null ? null : formatCount(facts.units, locale)],
    [texts.rows.item, facts.item],
    [texts.rows.day, formatDay(facts.day)],
    [texts.rows.code, facts.code],
    [texts.rows.fund, facts.fund === null ? null : (texts.funds[facts.fund] ?? facts.fund)],
    [texts.rows.via, facts.via === null ? null : (vias[facts.via] ?? facts.via)],
    [texts.rows.toldBy, facts.toldBy === 'notice' ? texts.notStated : null],
    [texts.rows.pot, facts.pot === null || facts.line === null ? null : fill(pots[facts.pot] ?? facts.pot, { line: facts.line })],
    [texts.rows.receipt, facts.receipt],
    [texts.rows.sha256, facts.sha256],
    [texts.rows.log, fill(texts.logOf, { size: formatCount(size, locale) })],
    [texts.rows.key, former === null ? null : texts.former[former]],
    [texts.rows.witnesses, witnesses.length === 0 ? texts.noWitness : witnesses.map(tellWitness).join('; ')],
  ]
  return {
    title: fill(texts.entry, { number: String(index) }),
    rows: rows.flatMap(([label, value]): [string, string][] => (value === null ? [] : [[label, value]])),
    body,
  }
}

/** Later than that a date has no year of four digits; a witness may say any number. */
const LAST_SECOND = 253_402_300_799n

const tellWitness = ({ name, timestamp }: Witnessed): string =>
  `${name} (${timestamp > LAST_SECOND ? timestamp : formatMoment(new Date(Number(timestamp) * 1000))})`
