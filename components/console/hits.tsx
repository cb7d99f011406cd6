import { consolePath, type Hit } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  fundSlug: string
  text: string
  hits: Hit[]
  /** Whether who looks may find donors by their names, in the room of pledges. */
  mayFindDonors: boolean
}

/** What was looked for, and what was found. */
export function Hits({ locale, fundSlug, text, hits, mayFindDonors }: Props) {
  const t = translator(locale, 'console')
  return (
    <>
      <form className="line-form" action={localePath(locale, consolePath(fundSlug, '/tim'))}>
        <div className="field">
          <label htmlFor="tim-gi">{t('search.label')}</label>
          <input id="tim-gi" type="search" name="q" defaultValue={text} maxLength={100} />
        </div>
        <button className="act act-3">{t('search.go')}</button>
      </form>
      <p role="status">{text.trim() === '' ? t('search.empty') : t('search.found', { count: hits.length, text })}</p>
      <ul className="waiting hits">
        {hits.map(({ kind, title, detail, path }, index) => (
          <li key={index}>
            <span className="quiet">{t(`search.${kind}`)}</span>
            <a href={localePath(locale, path)}>{title}</a>
            <span className="quiet">{detail}</span>
          </li>
        ))}
      </ul>
      {mayFindDonors && text.trim() !== '' && (
        <p>
          <a href={localePath(locale, consolePath(fundSlug, `/cam-ket?tim=${encodeURIComponent(text)}`))}>{t('search.donors', { text })}</a>
        </p>
      )}
    </>
  )
}
