import { typedInto, type Typed } from '@/components/delivery/handover-text'
import { Field } from '@/components/ui/field'
import type { DeskEvidence } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { AddedPiece, FileField, UploadForm } from './desk-piece'

interface Props {
  locale: Locale
  photos: DeskEvidence['photos']
  consents: DeskEvidence['consents']
  /** The address of a part of the page: "anh" takes photos, "doi" decides on them, "tep/<name>" is one. */
  path: (part: string) => string
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  may: { add: boolean; release: boolean; withdraw: boolean }
  newKey: string
  /** Under which name the browser keeps the form. */
  kept: string
  typed: Typed | null
  /** Whether a drawing, which shows nobody, may be added without a consent. */
  mayBeDrawn?: boolean
}

/** Photos with what can be decided about each, and the form for another. */
export function DeskPhotos(props: Props) {
  const { locale, photos, names, me, may, path } = props
  const t = translator(locale, 'handover')
  return (
    <section className="pane" aria-labelledby="anh">
      <h2 id="anh">{t('photos.title')}</h2>
      {photos.length === 0 && <p>{t('photos.none')}</p>}
      <form method="post" action={path('doi')}>
        <ul className="photos">
          {photos.map(({ key, alt, addedBy, state, file, mayBeShown }) => (
            <li key={key}>
              {file !== null && <img src={path(`tep/${file}`)} alt={alt} loading="lazy" />}
              <AddedPiece locale={locale} state={state} by={names.get(addedBy) ?? addedBy} />
              <p className="sub">{alt}</p>
              <p className="acts-row">
                {state === 'waiting' && may.release && addedBy !== me && mayBeShown && (
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
      {may.add && <AddPhoto {...props} />}
    </section>
  )
}

function AddPhoto({ locale, photos, consents, path, newKey, kept, typed, mayBeDrawn = false }: Props) {
  const t = translator(locale, 'handover')
  const standing = consents.filter(({ isStanding }) => isStanding)
  const { isBack, was, wrong } = typedInto(locale, 'photo', typed)
  if (standing.length === 0 && !mayBeDrawn) return <p>{t('photos.needConsent')}</p>
  return (
    <UploadForm
      {...{ summary: t('photos.add'), form: 'photo', formKey: was('key') ?? newKey, action: path('anh'), kept, isBack }}
      isOpen={photos.length === 0 && !mayBeDrawn}
      go={t('photos.go')}
    >
      <FileField name="photo" label={t('photos.file')} hint={t('photos.fileHint')} {...wrong('photo')} isPicture />
      <Field name="consentId" label={t('photos.consent')} hint={mayBeDrawn ? t('photos.drawnHint') : null} {...wrong('consentId')}>
        {(control) => (
          <select {...control} defaultValue={was('consentId') ?? standing[0]?.key}>
            {standing.map(({ key, givenBy, paperNumber, givenOn }) => (
              <option key={key} value={key}>
                {t('consents.line', { by: t(`givers.${givenBy}`), number: paperNumber, day: formatDay(givenOn) })}
              </option>
            ))}
            {mayBeDrawn && <option value="drawn">{t('photos.drawn')}</option>}
          </select>
        )}
      </Field>
      <Field name="alt" label={t('photos.alt')} hint={t('photos.altHint')} {...wrong('alt')}>
        {(control) => <input {...control} type="text" autoComplete="off" maxLength={300} defaultValue={was('alt')} />}
      </Field>
      <Field name="altEn" label={t('photos.altEn')} {...wrong('altEn')}>
        {(control) => <input {...control} type="text" autoComplete="off" maxLength={300} defaultValue={was('altEn')} />}
      </Field>
    </UploadForm>
  )
}
