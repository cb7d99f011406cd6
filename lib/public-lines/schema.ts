import { fold } from '../i18n/fold'
import { LINE_PARAMETERS, type LineParameter } from '../line-parameters'
import { parseVnd } from '../money/vnd'
import { readTypedCode } from '../pledges/typed-code'
import { isDay, type Day } from '../time/day'
import { LINE_SORTS, type LineFilter, type LineSort, type Standing } from './model'

export type { LineParameter }

/** Words of an address for the orders and the ways money goes. */
export const SORT_WORDS: Record<LineSort, string> = { newest: 'moi-nhat', oldest: 'cu-nhat', largest: 'lon-nhat', smallest: 'nho-nhat' }
export const DIRECTION_WORDS = { in: 'vao', out: 'ra' } as const

/** Longest text that is looked for, and most words of it. */
export const LONGEST_TYPED = 80
const MOST_WORDS = 8
/** No bank's line is older; and the database knows no year 0. */
const FIRST_YEAR = '1900'

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
export type LineError = 'not_a_day' | 'days_turned' | 'not_an_amount' | 'amounts_turned' | 'not_a_code' | 'no_words' | 'unknown'

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
  sort: LineSort
  after: Standing | null
  /** Size of the log at which a link was made; what came later is marked. */
  citedAt: bigint | null
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
export function readLineQuery(parameters: SearchParameters, options: LineOptions): ReadLines {
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
    from: read('tu', 'not_a_day', readDay),
    to: read('den', 'not_a_day', readDay),
    leastVnd: read('it-nhat', 'not_an_amount', parseVnd),
    mostVnd: read('nhieu-nhat', 'not_an_amount', parseVnd),
    account: read('tk', 'unknown', (text) => options.accounts.find((one) => one.value === text)),
    place: read('noi', 'unknown', (text) => options.places.find((one) => one.value === text)),
    direction: read('chieu', 'unknown', (text) => (['in', 'out'] as const).find((one) => DIRECTION_WORDS[one] === text)),
    sort: read('xep', 'unknown', (text) => LINE_SORTS.find((one) => SORT_WORDS[one] === text)) ?? 'newest',
    after: read('sau', 'unknown', readMark),
    citedAt: read('nhat-ky', 'unknown', (text) => (/^\d{1,15}$/.test(text) ? BigInt(text) : null)),
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

type Looked = Pick<LineFilter, 'words' | 'code'> & { exactVnd: bigint | null }

/** One field for a code, a sum, or words: what it is shows in how it is written. */
function readTyped(typed: string): Looked | { error: LineError } {
  const nothing: Looked = { words: [], code: null, exactVnd: null }
  if (typed === '') return nothing
  const code = readTypedCode(typed)
  if (code.kind === 'code') return { ...nothing, code: code.code }
  if (code.kind === 'typo' || code.kind === 'confused') return { error: 'not_a_code' }
  const exactVnd =
    /^[\d.,\s₫]{4,}(đ|đồng|vnd|vnđ)?$/iu.test(typed) || /^\d+([.,]\d+)?\s*(k|tr|triệu|nghìn|ngàn|tỷ|tỉ)$/iu.test(typed)
      ? parseVnd(typed)
      : null
  if (exactVnd !== null) return { ...nothing, exactVnd }
  const words = fold(typed).split(' ').filter(Boolean).slice(0, MOST_WORDS)
  return words.length === 0 ? { error: 'no_words' } : { ...nothing, words }
}

function filterOf({ from, to, leastVnd, mostVnd, account, place, direction }: LineQuery, { words, code, exactVnd }: Looked): LineFilter {
  const larger = exactVnd !== null && leastVnd !== null && leastVnd > exactVnd ? leastVnd : (exactVnd ?? leastVnd)
  const smaller = exactVnd !== null && mostVnd !== null && mostVnd < exactVnd ? mostVnd : (exactVnd ?? mostVnd)
  return {
    ...{ words, code, leastVnd: larger, mostVnd: smaller, from, to, direction },
    ...(account?.filter ?? { fundId: null, account: null }),
    ...(place?.filter ?? { lineId: null, unitId: null }),
  }
}

/** "2026-11-23" as addresses have it, "23/11/2026" as people type it. */
function readDay(text: string): Day | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  const said = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(said) && said >= FIRST_YEAR ? said : null
}

/** Where a result goes on: after a line, by its day, sum and number. */
const writeMark = ({ day, amountVnd, id }: Standing): string => `${day}-${amountVnd}-${id}`

function readMark(text: string): Standing | null {
  const [, day = '', amount = '', id = ''] = /^(\d{4}-\d{2}-\d{2})-(\d{1,18})-(\d{1,18})$/.exec(text) ?? []
  return isDay(day) && day >= FIRST_YEAR ? { day, amountVnd: BigInt(amount), id: BigInt(id) } : null
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
  say('chieu', query.direction && DIRECTION_WORDS[query.direction])
  say('xep', query.sort === 'newest' ? null : SORT_WORDS[query.sort])
  say('sau', query.after && writeMark(query.after))
  say('nhat-ky', query.citedAt?.toString())
  return search
}

const NO_LINE_QUERY: LineQuery = {
  ...{ typed: '', from: null, to: null, leastVnd: null, mostVnd: null, account: null, place: null },
  ...{ direction: null, sort: 'newest', after: null, citedAt: null },
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
