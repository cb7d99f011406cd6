import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { LineQuery } from '@/lib/public-lines/schema'
import { formatDay } from '@/lib/time/day'

/** What is asked for, in words, one after another; empty where nothing is. */
export function askedFor(locale: Locale, query: LineQuery): string {
  const t = translator(locale, 'lines')
  const { typed, from, to, leastVnd, mostVnd, account, place, direction, class: is, sort, after, cited } = query
  const vnd = (sum: bigint) => formatVnd(sum, locale)
  const isOneDay = from !== null && from === to
  const isOneSum = leastVnd !== null && leastVnd === mostVnd
  return [
    typed && t('asked.typed', { typed }),
    isOneDay ? t('asked.on', { day: formatDay(from) }) : from && t('asked.from', { day: formatDay(from) }),
    !isOneDay && to && t('asked.to', { day: formatDay(to) }),
    isOneSum ? t('asked.exactly', { vnd: vnd(leastVnd) }) : leastVnd !== null && t('asked.least', { vnd: vnd(leastVnd) }),
    !isOneSum && mostVnd !== null && t('asked.most', { vnd: vnd(mostVnd) }),
    ...[account?.name, place?.name, is && t('asked.class', { name: t(`classes.${is}`) }), direction && t(`asked.directions.${direction}`)],
    sort !== 'newest' && t(`asked.sorts.${sort}`),
    after && t('asked.after', { day: formatDay(after.day) }),
    cited && t('asked.cited', { size: formatCount(cited.size, locale) }),
  ]
    .filter(Boolean)
    .join(', ')
}
