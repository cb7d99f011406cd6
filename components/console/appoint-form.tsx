import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { FUND_ROLES } from '@/lib/staff/model'

interface Props {
  locale: Locale
  fundSlug: string
  communes: { id: number; fullName: string }[]
  typed: { fields: Record<string, string> } | null
}

/** Appoints somebody to a role of the fund. */
export function AppointForm({ locale, fundSlug, communes, typed }: Props) {
  const t = translator(locale, 'console')
  const fields = typed?.fields ?? {}
  return (
    <section className="pane" aria-labelledby="chi-dinh">
      <h2 id="chi-dinh">{t('people.appoint')}</h2>
      <form method="post" action={localePath(locale, consolePath(fundSlug, '/nguoi/chi-dinh'))} className="stack" noValidate>
        <Field name="email" label={t('people.email')} hint={t('people.emailHint')}>
          {(control) => <input {...control} type="email" autoComplete="off" maxLength={254} defaultValue={fields['email']} />}
        </Field>
        <Field name="name" label={t('people.name')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={80} defaultValue={fields['name']} />}
        </Field>
        <Field name="role" label={t('people.role')}>
          {(control) => (
            <select {...control} defaultValue={fields['role'] ?? ''}>
              <option value="" />
              {FUND_ROLES.map((role) => (
                <option key={role} value={role}>
                  {t(`roles.${role}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="locale" label={t('people.locale')}>
          {(control) => (
            <select {...control} defaultValue={fields['locale'] ?? 'vi'}>
              <option value="vi">Tiếng Việt</option>
              <option value="en">English</option>
            </select>
          )}
        </Field>
        <fieldset className="field">
          <legend className="small">{t('people.communes')}</legend>
          <div className="checks">
            {communes.map(({ id, fullName }) => (
              <label key={id}>
                <input type="checkbox" name={`xa-${id}`} defaultChecked={fields[`xa-${id}`] === 'on'} />
                {fullName}
              </label>
            ))}
          </div>
        </fieldset>
        <p>
          <button className="act act-3">{t('people.go')}</button>
        </p>
      </form>
    </section>
  )
}
