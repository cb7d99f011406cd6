import { Field } from '@/components/ui/field'
import { lineField, type ApartText, type DraftContent, type DraftDesk, type DraftField } from '@/lib/campaigns/model'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator, type Translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  draft: DraftDesk
  names: ReadonlyMap<string, string>
  formKey: string
  mayExceed: boolean
}

const FIELDS = ['title', 'summary', 'story', 'overflow'] as const
const LINE_FIELDS = ['item', 'unit', 'standard'] as const

/** What a field of the form is called: "Tên (vi)", "Dòng 2, Đơn giá". */
function fieldName(t: Translator<'campaign-desk'>, field: string): string {
  const [, at, inner] = /^budget-(\d+)-(\w+)$/.exec(field) ?? []
  const name = inner ?? field
  const language = /(Vi|En)$/.exec(name)?.[1]?.toLowerCase()
  const bare = name.replace(/(Vi|En)$/, '')
  const known = [...FIELDS, ...LINE_FIELDS].find((one) => one === bare)
  const plain = (['slug', 'children', 'neededBy', 'unitPrice', 'quantity', 'isEmergency'] as const).find((one) => one === bare)
  const said = known ? t(`draft.fields.${known}`) : plain ? t(`draft.fields.${plain}`) : t('draft.budget')
  const whole = language ? `${said} (${language})` : said
  return at === undefined ? whole : `${t('draft.line', { number: Number(at) + 1 })}, ${whole}`
}

/** What is missing, what a director allowed, and texts that stand apart. */
export function DraftSide({ locale, fundSlug, draft, names, formKey, mayExceed }: Props) {
  const t = translator(locale, 'campaign-desk')
  const nameOf = (id: string) => names.get(id) ?? id
  const action = localePath(locale, consolePath(fundSlug, `/chien-dich/soan/${draft.draftId}/luu`))
  return (
    <>
      {draft.isOpen && (
        <section className="pane" aria-labelledby="con-thieu">
          <h2 id="con-thieu">{t(draft.problems.length === 0 ? 'draft.whole' : 'draft.problems')}</h2>
          <ul className="small">
            {draft.problems.map(({ field, error }) => (
              <li key={field}>
                <a href={`#${field === 'budget' ? 'ngan-sach' : field}`}>{fieldName(t, field)}</a>: {t(`draft.errors.${error}`)}
              </li>
            ))}
          </ul>
          {draft.beyond && (
            <p className="small">
              {t('draft.allowed', {
                ...{ sum: formatVnd(draft.beyond.vnd, locale), reason: draft.beyond.reason, name: nameOf(draft.beyond.by) },
              })}
            </p>
          )}
        </section>
      )}
      {draft.isOpen && mayExceed && (
        <section className="pane">
          <details>
            <summary>{t('draft.beyond')}</summary>
            <form method="post" action={action} className="stack" noValidate>
              <p>{t('draft.beyondLead')}</p>
              <input type="hidden" name="key" value={formKey} />
              <Field name="beyondVnd" label={t('draft.beyondVnd')}>
                {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} />}
              </Field>
              <Field name="beyondReason" label={t('draft.beyondReason')}>
                {(control) => <textarea {...control} rows={3} maxLength={1000} />}
              </Field>
              <p>
                <button className="act act-2" name="viec" value="cho">
                  {t('draft.allow')}
                </button>
              </p>
            </form>
          </details>
        </section>
      )}
      {draft.apart.map((apart) => (
        <Apart key={apart.id} locale={locale} draft={draft} apart={apart} name={nameOf(apart.savedBy)} action={action} formKey={formKey} />
      ))}
    </>
  )
}

interface ApartProps {
  locale: Locale
  draft: DraftDesk
  apart: ApartText
  name: string
  action: string
  formKey: string
}

/** A text that stands apart: where it differs, both are side by side. */
function Apart({ locale, draft, apart, name, action, formKey }: ApartProps) {
  const t = translator(locale, 'campaign-desk')
  const differing = differences(draft.content, apart.content)
  return (
    <section className="pane" aria-labelledby={`rieng-${apart.id}`}>
      <h2 id={`rieng-${apart.id}`}>{t('draft.apart', { name })}</h2>
      <p className="small">{t('draft.apartLead', { version: apart.basedOn, moment: formatMoment(apart.savedAt) })}</p>
      {differing.length === 0 && <p>{t('draft.apartSame')}</p>}
      {differing.map(({ field, main, other }) => (
        <div key={field} className="apart">
          <h3>{fieldName(t, field)}</h3>
          <p className="quiet small">{t('draft.main')}</p>
          <pre>{main}</pre>
          <p className="quiet small">{name}</p>
          <pre>{other}</pre>
        </div>
      ))}
      <form method="post" action={action}>
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="text" value={apart.id} />
        <button className="act act-2 act-row" name="viec" value="cat">
          {t('draft.settle')}
        </button>
      </form>
    </section>
  )
}

const PLAIN_FIELDS: DraftField[] = [
  ...(['titleVi', 'titleEn', 'summaryVi', 'summaryEn', 'storyVi', 'storyEn', 'overflowVi', 'overflowEn'] as const),
  ...(['slug', 'children', 'neededBy', 'isEmergency'] as const),
]
const LINE_KEYS = ['itemVi', 'itemEn', 'unitVi', 'unitEn', 'standardVi', 'standardEn', 'unitPrice', 'quantity'] as const

function differences(main: DraftContent, other: DraftContent): { field: string; main: string; other: string }[] {
  const plain = PLAIN_FIELDS.map((field) => ({ field: String(field), main: main[field], other: other[field] }))
  const lines = Array.from({ length: Math.max(main.budget.length, other.budget.length) }, (_, at) =>
    LINE_KEYS.map((key) => ({ field: lineField(at, key), main: main.budget[at]?.[key] ?? '', other: other.budget[at]?.[key] ?? '' })),
  )
  return [...plain, ...lines.flat()].filter((one) => one.main !== one.other)
}
