import { fold } from '../i18n/fold'
import { LINE_PARAMETERS, type LineParameter } from '../line-parameters'
import { parseVnd } from '../money/vnd'
import type { Day } from '../time/day'
import { isClass, LINE_SORTS, type LineClass, type LineFilter, type LineSort, type LineTotals, type Standing } from './model'
import { readDays, readTyped, type Looked } from './typed'

export type { LineParameter }

/** Words of an address for the orders and the ways money goes. */
export const SORT_WORDS: Record<LineSort, string> = { newest: 'moi-nhat', oldest: 'cu-nhat', largest: 'lon-nhat', smallest: 'nho-nhat' }
export const DIRECTION_WORDS = { in: 'vao', out: 'ra' } as const

/** How what a line is stands in an address, and which way its money goes. */
interface ClassOption {
  word: string
  group: 'in' | 'out' | 'moves' | 'other'
}
/** In the order of the form. */
const CLASS_OPTIONS: Record<LineClass, ClassOption> = {
  gift: { word: 'ung-ho', group: 'in' },
  unplaced: { word: 'cho-xep', group: 'in' },
  to_return: { word: 'phai-tra-lai', group: 'in' },
  interest: { word: 'lai', group: 'in' },
  supplier_refund: { word: 'nha-cung-cap-tra-lai', group: 'in' },
  advance_returned: { word: 'hoan-tam-ung', group: 'in' },
  refund_returned: { word: 'hoan-lai-khong-den', group: 'in' },
  budget_repayment: { word: 'ngan-sach-tra-phi', group: 'in' },
  spend: { word: 'tra-nha-cung-cap', group: 'out' },
  advance: { word: 'tam-ung', group: 'out' },
  refund: { word: 'hoan-lai', group: 'out' },
  dispute_lost: { word: 'bi-doi-lai', group: 'out' },
  fee: { word: 'phi', group: 'out' },
  own_transfer: { word: 'giua-tai-khoan', group: 'moves' },
  payout: { word: 'cong-ty-the', group: 'moves' },
  cash_banked: { word: 'nop-tien-mat', group: 'moves' },
  not_ours: { word: 'khong-phai-cua-quy', group: 'other' },
  waiting: { word: 'dang-xem-lai', group: 'other' },
}
export const LINE_CLASSES: readonly (ClassOption & { is: LineClass })[] = Object.entries(CLASS_OPTIONS).flatMap(([is, option]) =>
  isClass(is) ? { is, ...option } : [],
)

/** Longest text that is looked for. */
export const LONGEST_TYPED = 80

/** An account, or a fund with all of its accounts, as an address says it. */
export interface AccountOption {
  value: string
  name: string
  group: 'fund' | 'account' | 'channel'
  filter: Pick<LineFilter, 'fundId' | 'account'>
}

/** What money was for, as an address says it. */
export interface PlaceOption {
  value: string
  name: string
  group: 'campaign' | 'commune'
  filter: Pick<LineFilter, 'lineId' | 'unitId'>
}

export interface LineOptions {
  accounts: AccountOption[]
  places: PlaceOption[]
}

/** Why a field is not understood. */
type FieldError = 'not_a_day' | 'days_turned' | 'not_an_amount' | 'amounts_turned' | 'not_a_code' | 'no_words' | 'unknown'
/** What no field says but an address: where a result goes on, or how it was cited. */
type LinkError = 'not_a_mark' | 'not_cited'
export type LineError = FieldError | LinkError

export const isOfLink = (error: LineError): error is LinkError => error === 'not_a_mark' || error === 'not_cited'

/** How a result was cited: at which size of the log, and what it came to then, as far as the address says so. */
export interface Citation {
  size: bigint
  sums: Pick<LineTotals, 'lines' | 'inVnd' | 'outVnd'> | null
}

/** What an address is read against. */
export interface LineMoment {
  today: Day
  /** How far the public log goes. */
  logSize: bigint
}

/** What is asked for, as it was said. */
export interface LineQuery {
  typed: string
  from: Day | null
  to: Day | null
  leastVnd: bigint | null
  mostVnd: bigint | null
  account: AccountOption | null
  place: PlaceOption | null
  direction: 'in' | 'out' | null
  class: LineClass | null
  sort: LineSort
  after: Standing | null
  /** Where a link was cited, what came later is marked. */
  cited: Citation | null
}

export interface ReadLines {
  query: LineQuery
  /** Null where something was not understood. */
  filter: LineFilter | null
  errors: Partial<Record<LineParameter, LineError>>
  /** As a field was filled in, for the form. */
  value: (name: LineParameter) => string
  /** Whether the address says it in its one way. */
  isTidy: boolean
}

export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>

/** Reads the parameters of an address. What can't be understood is told by field, and nothing is looked for then. */
export function readLineQuery(parameters: SearchParameters, options: LineOptions, { today, logSize }: LineMoment): ReadLines {
  const value = (name: LineParameter): string => {
    const given = parameters[name]
    return typeof given === 'string' ? given.trim().slice(0, LONGEST_TYPED) : ''
  }
  const errors: ReadLines['errors'] = {}
  const read = <Value>(name: LineParameter, error: LineError, parse: (text: string) => Value | null | undefined): Value | null => {
    const text = value(name)
    if (text === '') return null
    const found = parse(text) ?? null
    if (found === null) errors[name] = error
    return found
  }
  const query: LineQuery = {
    typed: value('tim'),
    from: read('tu', 'not_a_day', (text) => readDays(text, today)?.from),
    to: read('den', 'not_a_day', (text) => readDays(text, today)?.to),
    leastVnd: read('it-nhat', 'not_an_amount', parseVnd),
    mostVnd: read('nhieu-nhat', 'not_an_amount', parseVnd),
    account: read('tk', 'unknown', (text) => options.accounts.find((one) => one.value === text)),
    place: read('noi', 'unknown', (text) => options.places.find((one) => one.value === text)),
    class: read('loai', 'unknown', (text) => LINE_CLASSES.find(({ word }) => word === text)?.is),
    direction: read('chieu', 'unknown', (text) => (['in', 'out'] as const).find((one) => DIRECTION_WORDS[one] === text)),
    sort: read('xep', 'unknown', (text) => LINE_SORTS.find((one) => SORT_WORDS[one] === text)) ?? 'newest',
    after: read('sau', 'not_a_mark', (text) => readMark(text, today)),
    cited: read('nhat-ky', 'not_cited', (text) => readCitation(text, logSize)),
  }
  const { from, to, leastVnd, mostVnd } = query
  if (from !== null && to !== null && from > to) errors.den = 'days_turned'
  if (leastVnd !== null && mostVnd !== null && leastVnd > mostVnd) errors['nhieu-nhat'] = 'amounts_turned'
  const looked = readTyped(query.typed)
  if ('error' in looked) errors.tim = looked.error
  const said = lineSearch(query)
  const given = LINE_PARAMETERS.filter((name) => parameters[name] !== undefined)
  return {
    ...{ query, errors, value },
    filter: 'error' in looked || Object.keys(errors).length > 0 ? null : filterOf(query, looked),
    isTidy: Object.keys(errors).length > 0 || (given.length === said.size && given.every((name) => said.get(name) === parameters[name])),
  }
}

function filterOf(
  { from, to, leastVnd, mostVnd, account, place, direction, class: is }: LineQuery,
  { exactVnd, ...looked }: Looked,
): LineFilter {
  const larger = exactVnd !== null && leastVnd !== null && leastVnd > exactVnd ? leastVnd : (exactVnd ?? leastVnd)
  const smaller = exactVnd !== null && mostVnd !== null && mostVnd < exactVnd ? mostVnd : (exactVnd ?? mostVnd)
  return {
    ...{ ...looked, leastVnd: larger, mostVnd: smaller, from, to, direction: direction ?? looked.direction, class: is },
    ...(account?.filter ?? { fundId: null, account: null }),
    ...(place?.filter ?? { lineId: null, unitId: null }),
  }
}

/** Where a result goes on: after a line, by its day, sum and number. */
const writeMark = ({ day, amountVnd, id }: Standing): string => `${day}-${amountVnd}-${id}`

function readMark(text: string, today: Day): Standing | null {
  const [, day = '', amount = '', id = ''] = /^(\d{4}-\d{2}-\d{2})-(\d{1,18})-(\d{1,18})$/.exec(text) ?? []
  return readDays(day, today) && { day, amountVnd: BigInt(amount), id: BigInt(id) }
}

/** "48217", or "48217-12-3400000-0": the size, and how many lines the result had, with what came and what went. */
const writeCitation = ({ size, sums }: Citation): string =>
  sums === null ? String(size) : [size, sums.lines, sums.inVnd, sums.outVnd].join('-')

/** Nobody can have cited a log that was longer than it is. */
function readCitation(text: string, logSize: bigint): Citation | null {
  const [, size = '', lines, inVnd = '', outVnd = ''] = /^(\d{1,15})(?:-(\d{1,12})-(\d{1,18})-(\d{1,18}))?$/.exec(text) ?? []
  if (size === '' || BigInt(size) > logSize) return null
  return {
    size: BigInt(size),
    sums: lines === undefined ? null : { lines: Number(lines), inVnd: BigInt(inVnd), outVnd: BigInt(outVnd) },
  }
}

/** The parameters that say what is asked for, in one order. */
function lineSearch(query: LineQuery): URLSearchParams {
  const search = new URLSearchParams()
  const say = (name: LineParameter, value: string | null | undefined) => {
    if (value) search.set(name, value)
  }
  say('tim', query.typed)
  say('tu', query.from)
  say('den', query.to)
  say('it-nhat', query.leastVnd?.toString())
  say('nhieu-nhat', query.mostVnd?.toString())
  say('tk', query.account?.value)
  say('noi', query.place?.value)
  say('loai', query.class && CLASS_OPTIONS[query.class].word)
  say('chieu', query.direction && DIRECTION_WORDS[query.direction])
  say('xep', query.sort === 'newest' ? null : SORT_WORDS[query.sort])
  say('sau', query.after && writeMark(query.after))
  say('nhat-ky', query.cited && writeCitation(query.cited))
  return search
}

const NO_LINE_QUERY: LineQuery = {
  ...{ typed: '', from: null, to: null, leastVnd: null, mostVnd: null, account: null, place: null },
  ...{ direction: null, class: null, sort: 'newest', after: null, cited: null },
}

/** Most places that are named beside a result. */
const MOST_PLACES = 5

/** Campaigns and communes with all of the words in their name, the last one perhaps begun: their lines don't have these words. */
export function placesNamed({ place }: LineQuery, filter: LineFilter | null, options: LineOptions): PlaceOption[] {
  const words = filter?.words ?? []
  if (place !== null || words.join('').length < 3) return []
  return options.places
    .filter(({ name }) => {
      const own = fold(name).split(' ')
      return words.every((word, index) => own.some((one) => (index === words.length - 1 ? one.startsWith(word) : one === word)))
    })
    .slice(0, MOST_PLACES)
}

/** Vietnamese path of the page with what is asked for. */
export function linesPath(query: Partial<LineQuery> = {}, path = '/sao-ke'): string {
  const search = lineSearch({ ...NO_LINE_QUERY, ...query }).toString()
  return search === '' ? path : `${path}?${search}`
}

/** Vietnamese path of the files of closed periods. */
export const FILES_PATH = '/sao-ke/tep'

/** The month whose days are asked for, "2026-11"; null for years and months. */
export const readMonth = ({ thang }: SearchParameters): string | null =>
  typeof thang === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(thang) ? thang : null

export const filesPath = (month: string | null): string => (month === null ? FILES_PATH : `${FILES_PATH}?thang=${month}`)
