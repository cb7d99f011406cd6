import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Told } from '@/lib/receipts/model'

/** What came of a check: the verdict, and what the log says. */
export function ToldBox({ locale, told: { verdict, title, text, parts } }: { locale: Locale; told: Told }) {
  return (
    <div className={`told told-${verdict}`}>
      <p className="told-title">{title}</p>
      <p>{text}</p>
      {parts.map((part) => (
        <ToldPart key={part.title} locale={locale} part={part} />
      ))}
    </div>
  )
}

/** One entry of the log, read out and as it stands there. */
export function ToldPart({ locale, part }: { locale: Locale; part: Told['parts'][number] }) {
  return (
    <>
      <h3>{part.title}</h3>
      <dl className="facts">
        {part.rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {part.body !== null && (
        <figure>
          <figcaption className="small quiet">{translator(locale, 'checking')('told.raw')}</figcaption>
          <pre className="raw">{part.body}</pre>
        </figure>
      )}
    </>
  )
}
