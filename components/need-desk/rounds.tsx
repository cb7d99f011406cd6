import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { NeedRound, ProgrammeChoice } from '@/lib/needs/model'
import { formatDay, type Day } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  rounds: NeedRound[]
  programmes: ProgrammeChoice[]
  schoolYear: number
  today: Day
  maySet: boolean
  /** Communes that whoever looks may answer for. */
  mayAnswerFor: (unitId: number) => boolean
}

/** Yearly rounds: until when, and who has not answered. */
export function Rounds({ locale, fundSlug, rounds, programmes, schoolYear, today, maySet, mayAnswerFor }: Props) {
  const t = translator(locale, 'need-desk')
  const action = localePath(locale, consolePath(fundSlug, '/nhu-cau/dot/luu'))
  return (
    <section className="pane" aria-labelledby="dot-bao">
      <h2 id="dot-bao">{t('rounds.title')}</h2>
      {rounds.length === 0 && <p>{t('rounds.none')}</p>}
      {rounds.slice(0, 3).map(({ roundId, schoolYear: year, dueOn, communes }) => {
        const missing = communes.filter(({ answer }) => answer === null)
        const isOver = today > dueOn && missing.length > 0
        return (
          <div key={roundId}>
            <p>
              <b>{t('year', { year: `${year}–${year + 1}` })}</b>.{' '}
              <span className={isOver ? 'tag maybe' : undefined}>
                {t(isOver ? 'rounds.overdue' : 'rounds.due', { day: formatDay(dueOn) })}
              </span>
              . {t('rounds.answered', { answered: communes.length - missing.length, all: communes.length })}
            </p>
            {missing.length === 0 ? (
              <p>{t('rounds.everyone')}</p>
            ) : (
              <details>
                <summary>{t('rounds.missing')}</summary>
                <form method="post" action={action}>
                  <input type="hidden" name="round" value={roundId} />
                  <ul>
                    {missing.map(({ unitId, name }) => (
                      <li key={unitId} className="line-form">
                        <span>{name}</span>
                        {mayAnswerFor(unitId) && (
                          <button className="act act-2 act-row" name="nothing" value={unitId}>
                            {t('rounds.nothing')}
                            <span className="vh">, {name}</span>
                          </button>
                        )}
                      </li>
                    ))}
                  </ul>
                </form>
              </details>
            )}
          </div>
        )
      })}
      {maySet && programmes[0] && (
        <form method="post" action={action} className="line-form">
          <input type="hidden" name="ct" value={programmes[0].slug} />
          <Field name="nam" label={t('yearLabel')}>
            {(control) => <input {...control} type="text" maxLength={9} defaultValue={`${schoolYear}-${schoolYear + 1}`} />}
          </Field>
          <Field name="dueOn" label={t('rounds.dueOn')}>
            {(control) => <input {...control} type="date" />}
          </Field>
          <button className="act act-2" name="set" value="1">
            {t('rounds.set')}
          </button>
        </form>
      )}
    </section>
  )
}
