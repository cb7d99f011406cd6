import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { PRIORITIES, type FigureField } from '@/lib/needs/schema'
import { figureError } from './texts'

interface Props {
  locale: Locale
  /** What stands in the fields. */
  values: Partial<Record<FigureField, string>>
  errors?: Record<string, string>
  /** Set apart where a page has several such forms. */
  idPrefix?: string
}

/** Children, quantity, cost, priority and note of a report. */
export function FigureFields({ locale, values, errors = {}, idPrefix = '' }: Props) {
  const t = translator(locale, 'need-desk')
  const of = (name: FigureField) => ({ name, id: `${idPrefix}${name}`, error: figureError(locale, errors[name]) })
  return (
    <>
      <Field {...of('children')} label={t('form.children')}>
        {(control) => <input {...control} type="text" inputMode="numeric" maxLength={12} defaultValue={values.children} />}
      </Field>
      <Field {...of('quantity')} label={t('form.quantity')} hint={t('form.quantityHint')}>
        {(control) => <input {...control} type="text" inputMode="numeric" maxLength={12} defaultValue={values.quantity} />}
      </Field>
      <Field {...of('amount')} label={t('form.amount')}>
        {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={values.amount} />}
      </Field>
      <Field {...of('priority')} label={t('form.priority')}>
        {(control) => (
          <select {...control} defaultValue={values.priority ?? 'usual'}>
            {PRIORITIES.map((one) => (
              <option key={one} value={one}>
                {t(`priorities.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field {...of('note')} label={t('form.note')} hint={t('form.noteHint')}>
        {(control) => <textarea {...control} rows={2} maxLength={600} defaultValue={values.note} />}
      </Field>
    </>
  )
}
