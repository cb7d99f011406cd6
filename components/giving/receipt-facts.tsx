import { receiptNumber } from '@/components/receipts/text'
import type { Fact } from '@/components/ui/facts'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Day } from '@/lib/time/day'
import { formatDay } from '@/lib/time/day'

/** A gift that has its entry in the public log, and so a receipt. */
interface Received {
  entry: bigint | null
  day: Day
}

/** Where the receipts are of what came with a code, and the statements of its years. Nothing until the first has its entry. */
export function receiptFacts(locale: Locale, code: string, received: readonly Received[]): Fact[] {
  const t = translator(locale, 'receipts')
  const entries = received.flatMap(({ entry, day }) => (entry === null ? [] : [{ entry, day }]))
  const [first, ...others] = entries
  if (!first) return []
  const to = (entry: bigint) => localePath(locale, `/theo-doi/${code}/bien-nhan/${entry}`)
  const years = [...new Set(entries.map(({ day }) => day.slice(0, 4)))]
  return [
    {
      key: 'receipts',
      term: t('fact'),
      value:
        others.length === 0 ? (
          <a href={to(first.entry)}>{t('factOne')}</a>
        ) : (
          <ul>
            {entries.map(({ entry, day }) => (
              <li key={String(entry)}>
                <a href={to(entry)}>{t('factOf', { number: receiptNumber(entry), day: formatDay(day) })}</a>
              </li>
            ))}
            {years.map((year) => (
              <li key={year}>
                <a href={localePath(locale, `/theo-doi/${code}/bang-ke/${year}`)}>{t('factYear', { year })}</a>
              </li>
            ))}
          </ul>
        ),
    },
  ]
}
