import type { DeskDeliveryProps } from '@/components/delivery/desk-delivery-page'
import { typedInto } from '@/components/delivery/handover-text'
import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'

const TAGS = { waiting: 'maybe', shown: 'sure', withdrawn: 'none' } as const

/** Photos of a delivery with what can be decided about each, and the form for another. */
export function DeskPhotos(props: DeskDeliveryProps) {
  const { locale, fundSlug, delivery, evidence, names, me, may } = props
  const t = translator(locale, 'handover')
  const path = (part: string) => localePath(locale, consolePath(fundSlug, `/trao/dot/${delivery.id}/${part}`))
  return (
    <section className="pane" aria-labelledby="anh">
      <h2 id="anh">{t('photos.title')}</h2>
      {evidence.photos.length === 0 && <p>{t('photos.none')}</p>}
      <form method="post" action={path('doi')}>
        <ul className="photos">
          {evidence.photos.map(({ key, alt, addedBy, state, file, hasConsent }) => (
            <li key={key}>
              {file !== null && <img src={path(`tep/${file}`)} alt={alt} loading="lazy" />}
              <p>
                <span className={`tag ${TAGS[state]}`}>{t(`states.${state}`)}</span>
                <span className="sub">{alt}</span>
                <span className="sub">{t('addedBy', { name: names.get(addedBy) ?? addedBy })}</span>
              </p>
              <p className="acts-row">
                {state === 'waiting' && may.release && addedBy !== me && hasConsent && (
                  <button className="act act-3 act-row" name="releasePhoto" value={key}>
                    {t('release')}
                    <span className="vh">: {alt}</span>
                  </button>
                )}
                {state !== 'withdrawn' && may.withdraw && (
                  <button className="act act-2 act-row" name="withdrawPhoto" value={key} title={t('photos.withdrawHint')}>
                    {t('withdraw')}
                    <span className="vh">: {alt}</span>
                  </button>
                )}
              </p>
            </li>
          ))}
        </ul>
      </form>
      {may.add && <AddPhoto {...props} action={path('anh')} />}
    </section>
  )
}

function AddPhoto({ locale, delivery, evidence, me, newKeys, typed, action }: DeskDeliveryProps & { action: string }) {
  const t = translator(locale, 'handover')
  const standing = evidence.consents.filter(({ isStanding }) => isStanding)
  const { isBack, was, wrong } = typedInto(locale, 'photo', typed)
  if (standing.length === 0) return <p>{t('photos.needConsent')}</p>
  return (
    <details {...(isBack || evidence.photos.length === 0 ? { open: true } : {})}>
      <summary>{t('photos.add')}</summary>
      <form
        method="post"
        encType="multipart/form-data"
        action={action}
        className="stack"
        noValidate
        data-kept={`${me}:anh:${delivery.id}`}
        {...(isBack ? { 'data-back': '' } : {})}
      >
        <input type="hidden" name="form" value="photo" />
        <input type="hidden" name="key" defaultValue={was('key') ?? newKeys.photo} />
        <Field name="photo" label={t('photos.file')} hint={t('photos.fileHint')} {...wrong('photo')}>
          {(control) => <input {...control} type="file" accept="image/jpeg,image/png,image/webp" />}
        </Field>
        <Field name="consentId" label={t('photos.consent')} {...wrong('consentId')}>
          {(control) => (
            <select {...control} defaultValue={was('consentId') ?? standing[0]?.key}>
              {standing.map(({ key, givenBy, paperNumber, givenOn }) => (
                <option key={key} value={key}>
                  {t('consents.line', { by: t(`givers.${givenBy}`), number: paperNumber, day: formatDay(givenOn) })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="alt" label={t('photos.alt')} hint={t('photos.altHint')} {...wrong('alt')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={300} defaultValue={was('alt')} />}
        </Field>
        <Field name="altEn" label={t('photos.altEn')} {...wrong('altEn')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={300} defaultValue={was('altEn')} />}
        </Field>
        <p>
          <button className="act act-3">{t('photos.go')}</button>
        </p>
      </form>
    </details>
  )
}
