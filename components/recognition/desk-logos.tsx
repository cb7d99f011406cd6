import { typedInto, type Typed } from '@/components/delivery/handover-text'
import { AddedPiece, FileField, UploadForm } from '@/components/evidence/desk-piece'
import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { DeskLogo, Organisation } from '@/lib/recognition/model'

interface Props {
  locale: Locale
  logos: DeskLogo[]
  organisations: Organisation[]
  names: ReadonlyMap<string, string>
  /** The address of a part of the page: "them" takes logos, "doi" decides on them, "<key>" is one. */
  path: (part: string) => string
  /** Id of who looks at it. */
  me: string
  may: { add: boolean; release: boolean; withdraw: boolean }
  newKey: string
  /** Under which name the browser keeps the form. */
  kept: string
  typed: Typed | null
}

/** Logos with what can be decided about each, and the form for another. */
export function DeskLogos(props: Props) {
  const { locale, logos, names, path, me, may } = props
  const t = translator(locale, 'logos')
  const common = translator(locale, 'handover')
  return (
    <section className="pane" aria-label={t('title')}>
      {logos.length === 0 && <p>{t('none')}</p>}
      <form method="post" action={path('doi')}>
        <ul className="photos logos">
          {logos.map(({ key, organisation, width, height, addedBy, hasFile, state }) => {
            const name = organisation ?? t('nameless')
            return (
              <li key={key}>
                {hasFile && <img src={path(key)} alt={t('alt', { name })} width={width} height={height} loading="lazy" />}
                <AddedPiece locale={locale} state={state} by={names.get(addedBy) ?? addedBy}>
                  {name}
                </AddedPiece>
                <p className="acts-row">
                  {state === 'waiting' && may.release && addedBy !== me && (
                    <button className="act act-3 act-row" name="release" value={key}>
                      {common('release')}
                      <span className="vh">: {name}</span>
                    </button>
                  )}
                  {state !== 'withdrawn' && may.withdraw && (
                    <button className="act act-2 act-row" name="withdraw" value={key} title={common('photos.withdrawHint')}>
                      {common('withdraw')}
                      <span className="vh">: {name}</span>
                    </button>
                  )}
                </p>
              </li>
            )
          })}
        </ul>
      </form>
      {may.add && <AddLogo {...props} />}
    </section>
  )
}

function AddLogo({ locale, organisations, path, newKey, kept, typed }: Props) {
  const t = translator(locale, 'logos')
  const { isBack, was, wrong } = typedInto(locale, 'logo', typed)
  if (organisations.length === 0) return <p>{t('noOrganisations')}</p>
  return (
    <UploadForm
      {...{ summary: t('add'), form: 'logo', formKey: was('key') ?? newKey, action: path('them'), kept, isBack, isOpen: false }}
      go={t('go')}
    >
      <Field name="organisation" label={t('organisation')} hint={t('organisationHint')} {...wrong('organisation')}>
        {(control) => (
          <select {...control} defaultValue={was('organisation')}>
            {organisations.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <FileField name="logo" label={t('file')} hint={t('fileHint')} {...wrong('logo')} isPicture />
    </UploadForm>
  )
}
