import { Facts } from '@/components/ui/facts'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ProgrammeView } from '@/lib/funds/model'
import { formatDay } from '@/lib/time/day'

/** "11-30" as a day of any year: "30/11". */
export const formatYearly = (monthAndDay: string): string => monthAndDay.split('-').reverse().join('/')

/** A published plan: what it sets out to do, on which paper, until when. */
export function Programme({ locale, programme, thisYear }: { locale: Locale; programme: ProgrammeView; thisYear: number }) {
  const t = translator(locale, 'funds')
  return (
    <article className="two two-early near2" aria-labelledby={`ke-hoach-${programme.slug}`}>
      <div>
        <h3 id={`ke-hoach-${programme.slug}`}>{programme.title}</h3>
        <h4 className="lab near2">{t('page.targets')}</h4>
        <ul className="rules near3">
          {programme.targets.map(({ text, percent }) => (
            <li key={text}>
              {percent !== null && <b className="target">{t('page.percent', { percent: String(percent) })} </b>}
              {text}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Facts
          facts={[
            {
              key: 'period',
              term: t('page.period'),
              value: (
                <>
                  {t('page.years', { from: String(programme.periodFrom), to: String(programme.periodTo) })}
                  {programme.periodTo < thisYear && <span className="sub">{t('page.past')}</span>}
                </>
              ),
            },
            { key: 'number', term: t('page.decision'), value: programme.decisionNumber ?? t('page.decisionNone') },
            ...(programme.decidedOn === null ? [] : [{ key: 'decided', term: t('page.decided'), value: formatDay(programme.decidedOn) }]),
            { key: 'reports', term: t('page.reports'), value: formatYearly(programme.reportsBy) },
            { key: 'basis', term: t('page.basis'), value: <span className="small">{programme.legalBasis}</span> },
          ]}
        />
      </div>
    </article>
  )
}
