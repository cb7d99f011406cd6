import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ProgrammeChoice } from '@/lib/needs/model'
import { FigureFields } from './figure-fields'

interface Props {
  locale: Locale
  fundSlug: string
  programmes: ProgrammeChoice[]
  communes: { id: number; name: string }[]
  categories: { key: string; name: string; unit: string }[]
  schoolYear: number
  formKey: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
  /** The commune reported otherwise: the box that says that this one is in addition. */
  isOtherwise: boolean
}

/** Reports a need: usable with one thumb. */
export function ReportForm({ locale, fundSlug, programmes, communes, categories, schoolYear, formKey, typed, isOtherwise }: Props) {
  const t = translator(locale, 'need-desk')
  const fields = typed?.fields ?? {}
  const [only] = programmes
  return (
    <form method="post" action={localePath(locale, consolePath(fundSlug, '/nhu-cau/bao/gui'))} className="stack narrow" noValidate>
      <input type="hidden" name="key" value={fields['key'] ?? formKey} />
      {programmes.length === 1 && only ? (
        <input type="hidden" name="ct" value={only.slug} />
      ) : (
        <Field name="ct" label={t('programme')}>
          {(control) => (
            <select {...control} defaultValue={fields['ct']}>
              {programmes.map(({ slug, title }) => (
                <option key={slug} value={slug}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field name="nam" label={t('yearLabel')}>
        {(control) => <input {...control} type="text" maxLength={9} defaultValue={fields['nam'] ?? `${schoolYear}-${schoolYear + 1}`} />}
      </Field>
      <Field name="xa" label={t('form.commune')}>
        {(control) => (
          <select {...control} defaultValue={fields['xa'] ?? ''}>
            {communes.length > 1 && <option value="" />}
            {communes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="nhom" label={t('form.category')}>
        {(control) => (
          <select {...control} defaultValue={fields['nhom'] ?? ''}>
            <option value="" />
            {categories.map(({ key, name, unit }) => (
              <option key={key} value={key}>
                {name} ({unit})
              </option>
            ))}
          </select>
        )}
      </Field>
      <FigureFields locale={locale} values={fields} errors={typed?.errors ?? {}} />
      {isOtherwise && (
        <label className="check">
          <input type="checkbox" name="isAlso" value="yes" />
          {t('form.isAlso')}
        </label>
      )}
      <p>
        <button className="act act-3">{t('form.send')}</button>
      </p>
    </form>
  )
}
