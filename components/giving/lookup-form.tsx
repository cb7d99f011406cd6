import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Looks a gift up by its code; a code that can't be one comes back with what is wrong. */
export function LookupForm({ locale, typed, error }: { locale: Locale; typed: string; error: string | null }) {
  const t = translator(locale, 'giving')
  return (
    <form className="lookup near" role="search" action={localePath(locale, '/tra-cuu')} method="get">
      <Field name="ma" label={t('lookup.field')} hint={t('lookup.hint')} error={error}>
        {(control) => (
          <input
            {...control}
            className="code-field"
            type="text"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            defaultValue={typed}
            // The page was opened to show this field's error.
            {...(error === null ? {} : { autoFocus: true })}
          />
        )}
      </Field>
      <button className="act act-3" type="submit">
        {t('lookup.submit')}
      </button>
    </form>
  )
}
