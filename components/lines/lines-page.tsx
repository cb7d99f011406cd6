import { PageShell } from '@/components/site/page-shell'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { AsOf, LinesView } from '@/lib/public-lines/model'
import { isOfLink, linesPath, type LineOptions, type ReadLines } from '@/lib/public-lines/schema'
import { askedFor } from './asked'
import { LinesForm } from './lines-form'
import { LinesResult } from './lines-result'
import { OnlyClasses } from './only-classes'

interface Props {
  locale: Locale
  read: ReadLines
  options: LineOptions
  /** Null where something was not understood. */
  found: LinesView | null
  asOf: AsOf
}

/** Every line in and out of every account, and what is looked for among them. */
export function LinesPage({ locale, read, options, found, asOf }: Props) {
  const t = translator(locale, 'lines')
  const { query, errors } = read
  const asked = askedFor(locale, query)
  const wrong = Object.values(errors)
  return (
    <PageShell locale={locale} path={linesPath(query)} here="lines">
      <div className="title">
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
      </div>
      <LinesForm locale={locale} read={read} options={options} />
      {/* The script puts another result in its place while somebody types. */}
      <div id="ket-qua" className="near">
        {(asked !== '' || wrong.length > 0) && (
          <p className="small no-print">
            <a href={localePath(locale, '/sao-ke')}>{t('form.clear')}</a>
          </p>
        )}
        {asked !== '' && <p className="on-paper">{t('asked.label', { asked })}</p>}
        <OnlyClasses locale={locale} query={query} />
        {found && <LinesResult {...{ locale, read, options, found, asOf }} />}
        {wrong.filter(isOfLink).map((error) => (
          <p key={error} className="wrong" role="alert">
            {t.rich(`errors.${error}`, { a: (text) => <a href={localePath(locale, linesPath(query))}>{text}</a> })}
          </p>
        ))}
        {wrong.some((error) => !isOfLink(error)) && (
          <p className="wrong" role="alert">
            {t('errors.summary')}
          </p>
        )}
      </div>
      <ul className="small quiet near rules">
        {(['memo', 'unplaced', 'cards', 'number'] as const).map((note) => (
          <li key={note}>{t(`notes.${note}`)}</li>
        ))}
      </ul>
      <script type="module" src="/js/lines.js" />
    </PageShell>
  )
}
