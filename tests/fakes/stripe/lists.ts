import { invalid, noSuch } from './errors'
import { integer, hash, type Params, type Reader, text } from './params'
import { type Table } from './world'

/** "created[gte]=…&created[lt]=…", or one moment. */
const range: Reader<(moment: number) => boolean> = (value, path) => {
  if (typeof value === 'string') {
    const moment = integer()(value, path)
    return (other) => other === moment
  }
  const { gt, gte, lt, lte } = hash((bounds) => ({
    gt: bounds.get('gt', integer()) ?? -Infinity,
    gte: bounds.get('gte', integer()) ?? -Infinity,
    lt: bounds.get('lt', integer()) ?? Infinity,
    lte: bounds.get('lte', integer()) ?? Infinity,
  }))(value, path)
  return (moment) => moment > gt && moment >= gte && moment < lt && moment <= lte
}

/** What every list may be asked for. */
export function readPage(params: Params) {
  const after = params.get('starting_after', text())
  const before = params.get('ending_before', text())
  if (after !== undefined && before !== undefined) throw invalid('You cannot specify both `starting_after` and `ending_before`.')
  return {
    limit: params.get('limit', integer({ least: 1, most: 100 })) ?? 10,
    after,
    before,
    created: params.get('created', range) ?? (() => true),
  }
}

/** A page of a table, newest first. */
export function page<T extends { id: string; created: number }>(
  table: Table<T>,
  keep: (row: T) => boolean,
  { limit, after, before, created }: ReturnType<typeof readPage>,
  url: string,
) {
  const all = table.newestFirst()
  const placeOf = (id: string, param: string): number => {
    const place = all.findIndex((row) => row.id === id)
    if (place < 0) throw noSuch(table.kind, id, param, 400)
    return place
  }
  const matches = (row: T) => created(row.created) && keep(row)
  if (before !== undefined) {
    const newer = all.slice(0, placeOf(before, 'ending_before')).filter(matches)
    return { object: 'list', data: newer.slice(-limit), has_more: newer.length > limit, url }
  }
  const older = all.slice(after === undefined ? 0 : placeOf(after, 'starting_after') + 1).filter(matches)
  return { object: 'list', data: older.slice(0, limit), has_more: older.length > limit, url }
}
