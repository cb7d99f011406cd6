import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { FIELDS, isField } from '@/lib/statements/model'

interface Props {
  locale: Locale
  fundSlug: string
  fileId: bigint
  head: string[][]
  /** Which row of the head is the headers. */
  headerRow: number
  accounts: { id: number; alias: string; accountNumber: string }[]
  receivingAccountId: number | null
  typed: { fields: Record<string, string> } | null
  /** Address of this page. */
  path: string
}

/** Says once what the columns of an account's files are; rows below the headers show what stands in each. */
export function MappingForm({ locale, fundSlug, fileId, head, headerRow, accounts, receivingAccountId, typed, path }: Props) {
  const t = translator(locale, 'statements')
  const headers = head[headerRow] ?? []
  const examples = head.slice(headerRow + 1, headerRow + 4)
  return (
    <section aria-labelledby="cot">
      <h2 id="cot">{t('mapping.title')}</h2>
      <p>{t('mapping.lead')}</p>
      <form action={path} className="line-form">
        <Field name="hang" label={t('mapping.header')}>
          {(control) => (
            <select {...control} defaultValue={String(headerRow)}>
              {head.map((row, at) => (
                <option key={row.join('|') + String(at)} value={String(at)}>
                  {at + 1}:{' '}
                  {row
                    .filter((cell) => cell !== '')
                    .join(' | ')
                    .slice(0, 80)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="act act-2">{t('mapping.choose')}</button>
      </form>
      <form method="post" action={localePath(locale, consolePath(fundSlug, `/sao-ke/${fileId}/cot`))} className="stack">
        <Field name="account" label={t('give.account')}>
          {(control) => (
            <select {...control} defaultValue={typed?.fields['account'] ?? String(receivingAccountId ?? accounts[0]?.id ?? '')}>
              {accounts.map(({ id, alias, accountNumber }) => (
                <option key={id} value={String(id)}>
                  {alias}, {accountNumber}
                </option>
              ))}
            </select>
          )}
        </Field>
        {headers.map((header, at) =>
          header === '' ? null : (
            <div key={`${header}${at}`}>
              <input type="hidden" name={`header-${at}`} value={header} />
              <Field
                name={`field-${at}`}
                label={header}
                hint={examples
                  .map((row) => row[at] ?? '')
                  .filter(Boolean)
                  .join('; ')}
              >
                {(control) => (
                  <select {...control} defaultValue={wasChosen(at)}>
                    <option value="">{t('mapping.ignored')}</option>
                    {FIELDS.map((field) => (
                      <option key={field} value={field}>
                        {t(`fields.${field}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </div>
          ),
        )}
        <p>
          <button className="act act-1">{t('mapping.go')}</button>
        </p>
      </form>
    </section>
  )

  function wasChosen(at: number): string {
    const chosen = typed?.fields[`field-${at}`] ?? ''
    return isField(chosen) ? chosen : ''
  }
}
