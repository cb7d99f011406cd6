import type { PublicState } from './model'

/** How a list of campaigns may be ordered; the first is the order where none is asked for. */
export const CAMPAIGN_SORTS = ['need', 'deadline', 'progress', 'newest'] as const
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number]

/** Names of the parameters of /chien-dich, in the order of its canonical address. A page cache keys on these and no others. */
export const CAMPAIGN_PARAMETERS = ['quy', 'xa', 'loai', 'trang-thai', 'xep', 'trang'] as const
export type CampaignParameter = (typeof CAMPAIGN_PARAMETERS)[number]

/** Words of an address for the states, in the order of a campaign's life. */
export const STATE_WORDS: Record<PublicState, string> = {
  open: 'dang-nhan',
  funded: 'da-du',
  delivering: 'dang-trao',
  complete: 'hoan-thanh',
  closed: 'da-dong',
}

/** Words of an address for the orders. */
export const SORT_WORDS: Record<CampaignSort, string> = { need: 'can-nhat', deadline: 'sap-den-han', progress: 'gan-du', newest: 'moi-mo' }

/** Which campaigns are asked for; slugs and keys, null for all. */
export interface CampaignFilter {
  fund: string | null
  commune: string | null
  category: string | null
  state: PublicState | null
  sort: CampaignSort
  /** From 1. */
  page: number
}

/** What a filter may name. */
export interface FilterOptions {
  funds: { slug: string; name: string }[]
  communes: { slug: string; name: string }[]
  categories: { key: string; name: string }[]
}

export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>

/**
 * Reads the parameters of an address. What names nothing known is left out of the filter and told in `ignored`.
 * `isTidy` is false where the address says the same as a shorter one, so that it may be sent there.
 */
export function readCampaignFilter(
  parameters: SearchParameters,
  options: FilterOptions,
): { filter: CampaignFilter; ignored: CampaignParameter[]; isTidy: boolean } {
  const ignored: CampaignParameter[] = []
  const read = <T>(name: CampaignParameter, find: (value: string) => T | undefined): T | null => {
    const value = parameters[name]
    if (value === undefined || value === '') return null
    const found = typeof value === 'string' ? find(value) : undefined
    if (found === undefined) ignored.push(name)
    return found ?? null
  }
  const filter: CampaignFilter = {
    fund: read('quy', (value) => options.funds.find(({ slug }) => slug === value)?.slug),
    commune: read('xa', (value) => options.communes.find(({ slug }) => slug === value)?.slug),
    category: read('loai', (value) => options.categories.find(({ key }) => key === value)?.key),
    state: read('trang-thai', (value) => wordOf(STATE_WORDS, value)),
    sort: read('xep', (value) => wordOf(SORT_WORDS, value)) ?? 'need',
    page: read('trang', (value) => (/^[1-9]\d{0,4}$/.test(value) ? Number(value) : undefined)) ?? 1,
  }
  const given = CAMPAIGN_PARAMETERS.filter((name) => parameters[name] !== undefined)
  return { filter, ignored, isTidy: ignored.length > 0 || given.length === campaignQuery(filter).size }
}

/** The parameters that say a filter, without those that say what goes without saying. */
function campaignQuery(filter: CampaignFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (filter.fund) query.set('quy', filter.fund)
  if (filter.commune) query.set('xa', filter.commune)
  if (filter.category) query.set('loai', filter.category)
  if (filter.state) query.set('trang-thai', STATE_WORDS[filter.state])
  if (filter.sort !== 'need') query.set('xep', SORT_WORDS[filter.sort])
  if (filter.page > 1) query.set('trang', String(filter.page))
  return query
}

/** Names of the kind of need, the commune and the fund that a filter asks for. */
export const filterNames = (filter: CampaignFilter, options: FilterOptions): string[] =>
  [
    options.categories.find(({ key }) => key === filter.category)?.name,
    options.communes.find(({ slug }) => slug === filter.commune)?.name,
    options.funds.find(({ slug }) => slug === filter.fund)?.name,
  ].filter((name) => name !== undefined)

/** Vietnamese path of the list with a filter. */
export function campaignListPath(filter: Partial<CampaignFilter>): string {
  const query = campaignQuery({ fund: null, commune: null, category: null, state: null, sort: 'need', page: 1, ...filter }).toString()
  return query === '' ? '/chien-dich' : `/chien-dich?${query}`
}

function wordOf<Key extends string>(words: Record<Key, string>, value: string): Key | undefined {
  for (const key in words) if (words[key] === value) return key
  return undefined
}
