import { typedInto, type Typed } from '@/components/delivery/handover-text'
import { Field } from '@/components/ui/field'
import { CONSENT_GIVERS, CONSENT_WAYS, type DeskEvidence } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay, type Day } from '@/lib/time/day'

interface Props {
  locale: Locale
  consents: DeskEvidence['consents']
  /** The address of a part of the page: "dong-y" takes consents, "doi" ends them. */
  path: (part: string) => string
  may: { add: boolean; withdraw: boolean }
  today: Day
  /** The day on which it was most likely given. */
  usualDay: Day
  newKey: string
  /** Under which name the browser keeps the form. */
  kept: string
  typed: Typed | null
  isOpen: boolean
}

/** Consents to pictures, and the form for another. */
export function DeskConsents(props: Props) {
  const { locale, consents, path, may } = props
  const t = translator(locale, 'handover')
  return (
    <section className="pane" aria-labelledby="dong-y">
      <h2 id="dong-y">{t('consents.title')}</h2>
      {consents.length === 0 && <p>{t('consents.none')}</p>}
      <form method="post" action={path('doi')}>
        <ul className="waiting">
          {consents.map(({ key, givenBy, givenHow, paperNumber, givenOn, validUntil, isStanding, photos }) => (
            <li key={key}>
              <div>
                {t('consents.line', { by: t(`givers.${givenBy}`), number: paperNumber, day: formatDay(givenOn) })}
                <span className="sub">
                  {t(`ways.${givenHow}`)}
                  {validUntil !== null && `, ${t('consents.until', { day: formatDay(validUntil) })}`}
                </span>
                {!isStanding && <span className="tag none">{t('consents.ended')}</span>}
              </div>
              {isStanding && may.withdraw && (
                <button className="act act-2 act-row" name="endConsent" value={key} title={t('consents.endHint', { count: photos })}>
                  {t('consents.end')}
                  <span className="vh">: {paperNumber}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      </form>
      {may.add && <AddConsent {...props} />}
    </section>
  )
}

function AddConsent({ locale, path, today, usualDay, newKey, kept, typed, isOpen }: Props) {
  const t = translator(locale, 'handover')
  const { isBack, was, wrong } = typedInto(locale, 'consent', typed)
  return (
    <details {...(isBack || isOpen ? { open: true } : {})}>
      <summary>{t('consents.add')}</summary>
      <form method="post" action={path('dong-y')} className="stack" noValidate data-kept={kept} {...(isBack ? { 'data-back': '' } : {})}>
        <input type="hidden" name="form" value="consent" />
        <input type="hidden" name="key" defaultValue={was('key') ?? newKey} />
        <Field name="givenBy" label={t('consents.by')} {...wrong('givenBy')}>
          {(control) => (
            <select {...control} defaultValue={was('givenBy') ?? 'school'}>
              {CONSENT_GIVERS.map((giver) => (
                <option key={giver} value={giver}>
                  {t(`givers.${giver}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="givenHow" label={t('consents.how')} {...wrong('givenHow')}>
          {(control) => (
            <select {...control} defaultValue={was('givenHow') ?? 'paper'}>
              {CONSENT_WAYS.map((way) => (
                <option key={way} value={way}>
                  {t(`ways.${way}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="paperNumber" label={t('consents.number')} hint={t('consents.numberHint')} {...wrong('paperNumber')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={60} defaultValue={was('paperNumber')} />}
        </Field>
        <Field name="givenOn" label={t('consents.on')} {...wrong('givenOn')}>
          {(control) => <input {...control} type="date" max={today} defaultValue={was('givenOn') ?? usualDay} />}
        </Field>
        <Field name="validUntil" label={t('consents.valid')} {...wrong('validUntil')}>
          {(control) => <input {...control} type="date" min={today} defaultValue={was('validUntil')} />}
        </Field>
        <p>
          <button className="act act-3">{t('consents.go')}</button>
        </p>
      </form>
    </details>
  )
}
