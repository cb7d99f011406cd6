import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  fundSlug: string
  accounts: { id: number; alias: string; accountNumber: string }[]
  formKey: string
}

/** Gives a file. What says of which account it is stands before it, for it is read as it streams in. */
export function GiveForm({ locale, fundSlug, accounts, formKey }: Props) {
  const t = translator(locale, 'statements')
  return (
    <section className="pane" aria-labelledby="dua-tep">
      <h2 id="dua-tep">{t('give.title')}</h2>
      <p>{t('give.lead')}</p>
      <form
        method="post"
        encType="multipart/form-data"
        action={localePath(locale, consolePath(fundSlug, '/sao-ke/moi/gui'))}
        className="stack"
      >
        <input type="hidden" name="key" value={formKey} />
        <Field name="account" label={t('give.account')}>
          {(control) => (
            <select {...control} defaultValue="">
              <option value="">{t('give.fromFile')}</option>
              {accounts.map(({ id, alias, accountNumber }) => (
                <option key={id} value={String(id)}>
                  {alias}, {accountNumber}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="file" label={t('give.file')}>
          {(control) => <input {...control} type="file" accept=".csv,.xls,.xlsx" required />}
        </Field>
        <p>
          <button className="act act-3">{t('give.go')}</button>
        </p>
      </form>
    </section>
  )
}
