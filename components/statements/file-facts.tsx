import { Money } from '@/components/ui/money'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { isUnderWay, type FileView, type SectionView } from '@/lib/statements/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { problemText } from './text'

interface Props {
  locale: Locale
  file: FileView
  sections: SectionView[]
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>
}

/** Who gave a file, how far it is, and what it says of its accounts. */
export function FileFacts({ locale, file, sections, names }: Props) {
  const t = translator(locale, 'statements')
  const nameOf = (id: string) => names.get(id) ?? id
  const done = { waiting: file.linesRead, comparing: file.linesCompared, accepted: file.linesBooked }
  return (
    <>
      <p className="lead-line">
        <b>{t(`states.${file.state}`)}</b>. {t('file.by', { name: nameOf(file.uploadedBy), when: formatMoment(file.uploadedAt) })}.
        {file.acceptedBy !== null && file.acceptedAt !== null && (
          <> {t('file.acceptedBy', { name: nameOf(file.acceptedBy), when: formatMoment(file.acceptedAt) })}.</>
        )}
        {file.acceptedDespite !== null && <> {t('file.despite', { reason: file.acceptedDespite })}</>}
      </p>
      {file.problem && (
        <p className="refused">
          {problemText(locale, file.problem)} {t('problems.nothingKept')}
        </p>
      )}
      {(file.state === 'waiting' || file.state === 'comparing' || file.state === 'accepted') && (
        <p role="status">
          {t(`progress.${file.state}`, { done: formatCount(done[file.state], locale), all: formatCount(file.linesRead, locale) })}{' '}
          {t('progress.again')}
        </p>
      )}
      {isUnderWay(file.state) && (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      )}
      {sections.length > 0 && (
        <dl className="facts">
          {sections.map((section) => (
            <div key={section.position}>
              <dt>
                {section.alias}, {section.accountNumber}
              </dt>
              <dd>
                {t('file.opening')}: {said(section.openingVnd)}. {t('file.closing')}: {said(section.closingVnd)}.
                {section.fromDay !== null && section.toDay !== null && (
                  <>
                    {' '}
                    {t('file.period')}: {formatDay(section.fromDay)}–{formatDay(section.toDay)}.
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )

  function said(vnd: bigint | null) {
    return vnd === null ? t('file.unsaid') : <Money vnd={vnd} locale={locale} />
  }
}
