import { consolePath, type WaitingItem } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** What waits, each with the way to it. */
export function WaitingList({ locale, fundSlug, items }: { locale: Locale; fundSlug: string; items: WaitingItem[] }) {
  const t = translator(locale, 'console')
  if (items.length === 0) return <p>{t('waiting.none')}</p>
  return (
    <ul className="waiting">
      {items.map(({ key, count, path }) => (
        <li key={key}>
          <a href={localePath(locale, consolePath(fundSlug, path))}>{t(`waiting.${key}`, { count })}</a>
        </li>
      ))}
    </ul>
  )
}
