import type { DeliveryEvidence } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { PaperTable } from './paper-table'

/** The papers of a delivery, and by when they should be there where none is shown. */
export function DeliveryPapers({ locale, evidence: { papers, dueOn, isOverdue } }: { locale: Locale; evidence: DeliveryEvidence }) {
  const t = translator(locale, 'evidence')
  const day = formatDay(dueOn)
  const isAnyShown = papers.some(({ state }) => state.kind === 'shown')
  return (
    <section className="sec">
      <h2 className="head2">{t('papers')}</h2>
      {!isAnyShown && <p className={isOverdue ? 'wrong' : undefined}>{t(isOverdue ? 'overdue' : 'due', { day })}</p>}
      {papers.length > 0 && (
        <div className={isAnyShown ? undefined : 'near2'}>
          <PaperTable locale={locale} papers={papers} />
        </div>
      )}
    </section>
  )
}
