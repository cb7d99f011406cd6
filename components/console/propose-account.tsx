import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { accountError } from './accounts-text'

interface Props {
  locale: Locale
  fundSlug: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

const FIELDS = [
  { name: 'alias', text: 'alias', maxLength: 40 },
  { name: 'bankName', text: 'bank', maxLength: 80 },
  { name: 'bankBin', text: 'bin', maxLength: 6 },
  { name: 'accountNumber', text: 'number', maxLength: 19 },
  { name: 'again', text: 'again', maxLength: 19 },
  { name: 'accountName', text: 'payee', maxLength: 80 },
] as const

/** Proposes an account: its number is typed twice, for a wrong one sends gifts to strangers. */
export function ProposeAccountForm({ locale, fundSlug, typed }: Props) {
  const t = translator(locale, 'console')
  return (
    <section className="pane" aria-labelledby="de-nghi">
      <h2 id="de-nghi">{t('accounts.propose')}</h2>
      <p>{t('accounts.proposeLead')}</p>
      <form method="post" action={localePath(locale, consolePath(fundSlug, '/tai-khoan/de-nghi'))} className="stack" noValidate>
        {FIELDS.map(({ name, text, maxLength }) => {
          const error = typed?.errors[name]
          return (
            <Field key={name} name={name} label={t(`accounts.${text}`)} error={error ? accountError(locale, error) : null}>
              {(control) => <input {...control} type="text" autoComplete="off" maxLength={maxLength} defaultValue={typed?.fields[name]} />}
            </Field>
          )
        })}
        <p>
          <button className="act act-3">{t('accounts.go')}</button>
        </p>
      </form>
    </section>
  )
}
