import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  /** Vietnamese path of the handler. */
  action: string
  label: string
  /** Vietnamese path of the page to go on to. */
  goOn: string
  error?: string | null
}

/** Asks for a code of the second factor. */
export function CodeForm({ locale, action, label, goOn, error }: Props) {
  return (
    <form method="post" action={localePath(locale, action)} className="stack" noValidate>
      <Field name="ma" label={label} error={error}>
        {(control) => <input {...control} type="text" inputMode="numeric" autoComplete="one-time-code" maxLength={40} required />}
      </Field>
      <input type="hidden" name="tiep" value={goOn} />
      <p>
        <button className="act act-3">{translator(locale, 'console')('factor.go')}</button>
      </p>
    </form>
  )
}
