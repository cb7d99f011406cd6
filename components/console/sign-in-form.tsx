import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  /** Vietnamese path of the page to go on to. */
  goOn: string
  email: string
  error?: string | null
}

/** Asks for the address that a link is sent to. */
export function SignInForm({ locale, goOn, email, error }: Props) {
  const t = translator(locale, 'console')
  return (
    <form method="post" action={localePath(locale, '/quan-tri/dang-nhap/gui')} className="stack" noValidate>
      <Field name="email" label={t('signIn.email')} error={error}>
        {(control) => <input {...control} type="email" autoComplete="email" required maxLength={254} defaultValue={email} />}
      </Field>
      <input type="hidden" name="tiep" value={goOn} />
      <p>
        <button className="act act-3">{t('signIn.send')}</button>
      </p>
    </form>
  )
}
