import { Facts } from '@/components/ui/facts'
import { Field } from '@/components/ui/field'
import { FoldTable } from '@/components/ui/fold-table'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { CashBox, DepositRow } from '@/lib/office/model'
import { formatDay } from '@/lib/time/day'
import { officeError } from './text'

/** What is in the box by the books, and where. */
export function CashBoxFacts({ locale, box }: { locale: Locale; box: CashBox }) {
  const t = translator(locale, 'office')
  const fact = (key: 'balance' | 'carried' | 'here', vnd: bigint) => ({ key, term: t(`box.${key}`), value: formatVnd(vnd, locale) })
  return (
    <section aria-labelledby="ket">
      <h2 id="ket">{t('box.title')}</h2>
      <Facts facts={[fact('here', box.balanceVnd - box.carriedVnd), fact('carried', box.carriedVnd), fact('balance', box.balanceVnd)]} />
    </section>
  )
}

interface FormProps {
  locale: Locale
  action: string
  accounts: { id: number; alias: string; bankName: string }[]
  formKey: string
  today: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

/** Writes down cash that is carried to the bank. */
export function DepositForm({ locale, action, accounts, formKey, today, typed }: FormProps) {
  const t = translator(locale, 'office')
  const errorOf = (name: string) => {
    const code = typed?.errors[name]
    return code ? { error: officeError(locale, code) } : {}
  }
  if (accounts.length === 0) return <p>{t('deposits.noAccount')}</p>
  return (
    <form method="post" action={action} className="stack" noValidate>
      <input type="hidden" name="formKey" value={typed?.fields['formKey'] ?? formKey} />
      <Field name="account" label={t('deposits.account')} {...errorOf('account')}>
        {(control) => (
          <select {...control} defaultValue={typed?.fields['account']}>
            {accounts.map(({ id, alias, bankName }) => (
              <option key={id} value={id}>{`${alias}, ${bankName}`}</option>
            ))}
          </select>
        )}
      </Field>
      <Field name="amount" id="so-tien-nop" label={t('deposits.amount')} {...errorOf('amount')}>
        {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={typed?.fields['amount']} />}
      </Field>
      <Field name="takenOn" label={t('deposits.takenOn')} {...errorOf('takenOn')}>
        {(control) => <input {...control} type="date" defaultValue={typed?.fields['takenOn'] ?? today} />}
      </Field>
      <Field name="slip" label={t('deposits.slip')} {...errorOf('slip')}>
        {(control) => <input {...control} type="text" maxLength={40} defaultValue={typed?.fields['slip']} />}
      </Field>
      <p>
        <button className="act act-2">{t('deposits.go')}</button>
      </p>
    </form>
  )
}

interface TableProps {
  locale: Locale
  rows: DepositRow[]
  names: ReadonlyMap<string, string>
  /** Where `withdraw` is sent; null for who may only look. */
  action: string | null
}

const TAGS = { waits: 'maybe', banked: 'sure', withdrawn: 'none' } as const

/** What was carried to the bank, and whether the bank has it. */
export function DepositTable({ locale, rows, names, action }: TableProps) {
  const t = translator(locale, 'office')
  if (rows.length === 0) return <p>{t('deposits.none')}</p>
  return (
    <form method="post" action={action ?? undefined}>
      <FoldTable
        caption={t('deposits.title')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'day',
            head: t('deposits.takenOn'),
            isRowHead: true,
            room: 'grow',
            cell: ({ takenOn, account, slip, takenBy }) => (
              <>
                <time dateTime={takenOn}>{formatDay(takenOn)}</time>
                <span className="sub">{[account, slip, names.get(takenBy) ?? takenBy].filter(Boolean).join(', ')}</span>
              </>
            ),
          },
          { key: 'amount', head: t('deposits.amount'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
          {
            key: 'state',
            head: t('deposits.state'),
            room: 'wide',
            cell: ({ id, state }) => (
              <span className="acts-row">
                <span className={`tag ${TAGS[state]}`}>{t(`deposits.states.${state}`)}</span>
                {action !== null && state === 'waits' && (
                  <button className="act act-2 act-row" name="viec" value={`withdraw ${id}`}>
                    {t('deposits.withdraw')}
                  </button>
                )}
              </span>
            ),
          },
        ]}
      />
    </form>
  )
}
