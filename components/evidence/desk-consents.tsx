import type { DeskDeliveryProps } from '@/components/delivery/desk-delivery-page'
import { typedInto } from '@/components/delivery/handover-text'
import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { CONSENT_GIVERS, CONSENT_WAYS } from '@/lib/evidence/model'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'

/** Consents to pictures of a delivery, and the form for another. */
export function DeskConsents(props: DeskDeliveryProps) {
  const { locale, fundSlug, delivery, evidence, may } = props
  const t = translator(locale, 'handover')
  const path = (part: string) => localePath(locale, consolePath(fundSlug, `/trao/dot/${delivery.id}/${part}`))
  return (
    <section className="pane" aria-labelledby="dong-y">
      <h2 id="dong-y">{t('consents.title')}</h2>
      {evidence.consents.length === 0 && <p>{t('consents.none')}</p>}
      <form method="post" action={path('doi')}>
        <ul className="waiting">
          {evidence.consents.map(({ key, givenBy, givenHow, paperNumber, givenOn, validUntil, isStanding, photos }) => (
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
      {may.add && <AddConsent {...props} action={path('dong-y')} />}
    </section>
  )
}

function AddConsent({ locale, delivery, evidence, me, today, newKeys, typed, action }: DeskDeliveryProps & { action: string }) {
  const t = translator(locale, 'handover')
  const { isBack, was, wrong } = typedInto(locale, 'consent', typed)
  return (
    <details {...(isBack || evidence.consents.length === 0 ? { open: true } : {})}>
      <summary>{t('consents.add')}</summary>
      <form
        method="post"
        action={action}
        className="stack"
        noValidate
        data-kept={`${me}:dong-y:${delivery.id}`}
        {...(isBack ? { 'data-back': '' } : {})}
      >
        <input type="hidden" name="form" value="consent" />
        <input type="hidden" name="key" defaultValue={was('key') ?? newKeys.consent} />
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
          {(control) => <input {...control} type="date" max={today} defaultValue={was('givenOn') ?? delivery.deliveredOn} />}
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
