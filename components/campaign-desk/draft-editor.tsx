import { Field } from '@/components/ui/field'
import { lineField, type DraftContent, type DraftDesk, type DraftLine } from '@/lib/campaigns/model'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  draft: DraftDesk
  names: ReadonlyMap<string, string>
  formKey: string
  maySubmit: boolean
}

/** Empty lines below those that are filled in. */
const MORE_LINES = 2
const EMPTY_LINE: DraftLine = {
  ...{ itemVi: '', itemEn: '', unitVi: '', unitEn: '', standardVi: '', standardEn: '', unitPrice: '', quantity: '' },
}
const LANGUAGES = ['Vi', 'En'] as const
const TEXTS = [
  { name: 'title', rows: 2, most: 200 },
  { name: 'summary', rows: 3, most: 500 },
  { name: 'story', rows: 16, most: 30_000 },
  { name: 'overflow', rows: 3, most: 800 },
] as const

/** The text of a campaign in both languages side by side. Works by its buttons alone; a script saves while one types. */
export function DraftEditor({ locale, fundSlug, draft, names, formKey, maySubmit }: Props) {
  const t = translator(locale, 'campaign-desk')
  const { draftId, version, content, savedBy, savedAt, isOpen } = draft
  const saved = t('draft.saved', { moment: formatMoment(savedAt), name: names.get(savedBy) ?? savedBy, version })
  return (
    <form
      method="post"
      action={localePath(locale, consolePath(fundSlug, `/chien-dich/soan/${draftId}/luu`))}
      className="draft"
      data-draft={draftId}
      noValidate
    >
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="key" value={formKey} />
      {!isOpen && (
        <p className="refused" role="status">
          {t('draft.locked')}
        </p>
      )}
      <p
        className="small quiet"
        role="status"
        data-saved
        data-saving={t('draft.autosave.saving')}
        data-done={t('draft.autosave.saved')}
        data-apart={t('draft.autosave.apart')}
        data-failed={t('draft.autosave.failed')}
        data-restored={t('draft.autosave.restored')}
        data-restore={t('draft.autosave.restore')}
      >
        {saved}
      </p>
      {TEXTS.map(({ name, rows, most }) => (
        <div key={name} className="side">
          {LANGUAGES.map((language) => (
            <Field
              key={language}
              name={`${name}${language}`}
              label={`${t(`draft.fields.${name}`)}, ${t(language === 'Vi' ? 'draft.vi' : 'draft.en')}`}
              hint={name === 'story' && language === 'Vi' ? t('draft.storyHint') : null}
            >
              {(control) => (
                <textarea
                  {...control}
                  rows={rows}
                  maxLength={most}
                  lang={language.toLowerCase()}
                  defaultValue={content[`${name}${language}`]}
                />
              )}
            </Field>
          ))}
        </div>
      ))}
      <Plain locale={locale} content={content} />
      <Budget locale={locale} budget={content.budget} />
      <p className="acts-row">
        <button className="act act-3" name="viec" value="luu">
          {t('draft.save')}
        </button>
        {maySubmit && isOpen && (
          <button className="act act-2" name="viec" value="gui">
            {t('draft.handIn')}
          </button>
        )}
        {draft.campaign === null && (
          <button className="act act-2" name="viec" value="bo">
            {t('draft.discard')}
          </button>
        )}
      </p>
    </form>
  )
}

function Plain({ locale, content }: { locale: Locale; content: DraftContent }) {
  const t = translator(locale, 'campaign-desk')
  return (
    <div className="line-form">
      <Field name="slug" label={t('draft.fields.slug')}>
        {(control) => <input {...control} type="text" maxLength={120} autoComplete="off" defaultValue={content.slug} />}
      </Field>
      <Field name="children" label={t('draft.fields.children')}>
        {(control) => <input {...control} type="text" inputMode="numeric" maxLength={12} defaultValue={content.children} />}
      </Field>
      <Field name="neededBy" label={t('draft.fields.neededBy')}>
        {(control) => <input {...control} type="date" defaultValue={content.neededBy} />}
      </Field>
      <label className="check">
        <input type="checkbox" name="isEmergency" value="yes" defaultChecked={content.isEmergency === 'yes'} />
        {t('draft.fields.isEmergency')}
      </label>
    </div>
  )
}

const PAIRS = ['item', 'unit', 'standard'] as const

function Budget({ locale, budget }: { locale: Locale; budget: DraftLine[] }) {
  const t = translator(locale, 'campaign-desk')
  const lines = [...budget, ...Array.from({ length: MORE_LINES }, () => EMPTY_LINE)]
  return (
    <section aria-labelledby="ngan-sach">
      <h2 id="ngan-sach">{t('draft.budget')}</h2>
      {lines.map((line, at) => (
        <fieldset key={at} className="budget-line">
          <legend>{t('draft.line', { number: at + 1 })}</legend>
          {PAIRS.flatMap((pair) =>
            LANGUAGES.map((language) => (
              <Field
                key={`${pair}${language}`}
                name={lineField(at, `${pair}${language}`)}
                label={`${t(`draft.fields.${pair}`)} (${language.toLowerCase()})`}
              >
                {(control) => (
                  <input {...control} type="text" maxLength={400} lang={language.toLowerCase()} defaultValue={line[`${pair}${language}`]} />
                )}
              </Field>
            )),
          )}
          {(['unitPrice', 'quantity'] as const).map((field) => (
            <Field key={field} name={lineField(at, field)} label={t(`draft.fields.${field}`)}>
              {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={line[field]} />}
            </Field>
          ))}
        </fieldset>
      ))}
      <p className="small quiet">{t('draft.moreLines')}</p>
    </section>
  )
}
