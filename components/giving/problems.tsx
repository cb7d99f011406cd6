import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ReturnedForm } from '@/lib/pledges/model'
import { listErrors } from './error-text'

/** All that is wrong with a form, at its head: each line leads to its field. Takes the focus when the page opens. */
export function Problems({ locale, form, id }: { locale: Locale; form: ReturnedForm; id: string }) {
  const t = translator(locale, 'giving')
  const errors = listErrors(form, locale)
  return (
    <div className="problems near" id={id} role="alert" tabIndex={-1}>
      <h2 className="problems-h">{t('form.problems')}</h2>
      <ul>
        {errors.map(({ id: field, text }) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
