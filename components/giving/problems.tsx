import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ReturnedForm } from '@/lib/pledges/model'
import { listErrors } from './error-text'

/** All that is wrong with a gift form. */
export const Problems = ({ locale, form, id }: { locale: Locale; form: ReturnedForm; id: string }) => (
  <ProblemList locale={locale} errors={listErrors(form, locale)} id={id} />
)

/** All that is wrong with a form, at its head: each line leads to its field. Takes the focus when the page opens. */
export function ProblemList({ locale, errors, id }: { locale: Locale; errors: { id: string; text: string }[]; id: string }) {
  const t = translator(locale, 'giving')
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
