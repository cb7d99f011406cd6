import { z } from 'zod'
import { ok, refuse, type Result } from '../result'
/** Names of the parameters of /ghi-nhan, in the order of its canonical address. A page cache keys on these and no others. */
export const RECOGNITION_PARAMETERS = ['loai', 'nam', 'noi', 'sau'] as const
type RecognitionParameter = (typeof RECOGNITION_PARAMETERS)[number] | 'ten'

/** Words of an address for whom a list names. */
export const LIST_WORDS = { company: 'to-chuc', person: 'ca-nhan', goods: 'hien-vat' } as const
export type RecognitionList = keyof typeof LIST_WORDS

/** Where gifts may have gone, as an address says it: `quy-ha-noi`, `xa-ba-vi`, `nhu-cau-ao-am`. */
export type PlaceOption = {
  value: string
  name: string
  /** In the sums of recognition. */
  scope: string
} & ({ group: 'fund' | 'commune'; id: number } | { group: 'category'; id: string })

export interface RecognitionFilter {
  /** One list in full; null for the beginning of each. */
  list: RecognitionList | null
  year: number | null
  place: PlaceOption | null
  /** What was typed to find a name. */
  name: string
  /** Where the list goes on: after this row. */
  after: string | null
}

export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>

/** Longest name that is looked for. */
export const LONGEST_NAME = 80

/**
 * Reads the parameters of an address; what names nothing known is left out.
 * @returns the filter, and whether the address says it in its one way: it is sent there where it does not
 */
export function readRecognitionFilter(
  parameters: SearchParameters,
  { years, places }: { years: readonly number[]; places: readonly PlaceOption[] },
): { filter: RecognitionFilter; isTidy: boolean } {
  const value = (name: RecognitionParameter): string => {
    const given = parameters[name]
    return typeof given === 'string' ? given : ''
  }
  const list = (['company', 'person', 'goods'] as const).find((one) => LIST_WORDS[one] === value('loai')) ?? null
  const filter: RecognitionFilter = {
    list,
    year: years.find((year) => String(year) === value('nam')) ?? null,
    place: places.find((place) => place.value === value('noi')) ?? null,
    name: value('ten').trim().slice(0, LONGEST_NAME),
    after: list !== null && /^[a-z0-9-]{1,60}$/.test(value('sau')) ? value('sau') : null,
  }
  const said = recognitionQuery(filter)
  const given = [...RECOGNITION_PARAMETERS, 'ten' as const].filter((name) => parameters[name] !== undefined)
  return { filter, isTidy: given.length === said.size && given.every((name) => said.get(name) === parameters[name]) }
}

function recognitionQuery({ list, year, place, name, after }: RecognitionFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (list) query.set('loai', LIST_WORDS[list])
  if (year !== null) query.set('nam', String(year))
  if (place) query.set('noi', place.value)
  if (name !== '') query.set('ten', name)
  if (after !== null) query.set('sau', after)
  return query
}

/** Vietnamese path of the page with a filter. */
export function recognitionPath(filter: Partial<RecognitionFilter>): string {
  const query = recognitionQuery({ list: null, year: null, place: null, name: '', after: null, ...filter }).toString()
  return query === '' ? '/ghi-nhan' : `/ghi-nhan?${query}`
}

/** Where a list of givers goes on: after a sum and a giver. */
export const writeMark = (amountVnd: bigint, giverId: bigint): string => `${amountVnd}-${giverId}`

export function readMark(after: string | null): { amountVnd: bigint; giverId: bigint } | null {
  const [, amount, giver] = /^(\d{1,18})-(\d{1,18})$/.exec(after ?? '') ?? []
  return amount !== undefined && giver !== undefined ? { amountVnd: BigInt(amount), giverId: BigInt(giver) } : null
}

const logoShape = z.object({
  key: z.string('blank').regex(/^[\w-]{16,64}$/, 'blank'),
  organisation: z.string('blank').regex(/^\d{1,18}$/, 'blank'),
})

/** Reads what the form of a logo says beside its file. @returns refused with codes by field */
export function readLogo(fields: Readonly<Record<string, string>>): Result<z.output<typeof logoShape>, Record<string, string>> {
  const read = logoShape.safeParse(fields)
  if (read.success) return ok(read.data)
  return refuse(Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message])))
}
