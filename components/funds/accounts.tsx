import { FoldTable } from '@/components/ui/fold-table'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { PublicAccount } from '@/lib/funds/model'
import { dayOf, formatDay } from '@/lib/time/day'

/** The accounts to which donors pay. Whoever wants to check a transfer finds them here, and nowhere else. */
export function Accounts({ locale, accounts, isSample }: { locale: Locale; accounts: PublicAccount[]; isSample: boolean }) {
  const t = translator(locale, 'funds')
  if (accounts.length === 0) return <p>{t('page.noAccounts')}</p>
  return (
    <>
      {isSample && <p className="no-bank">{t('page.accountsSample')}</p>}
      <p className="quiet near3">{t('page.accountsLead')}</p>
      <div className="near3">
        <FoldTable
          caption={t('page.accounts')}
          rows={accounts}
          rowKey={({ alias }) => alias}
          columns={[
            { key: 'bank', head: t('page.bank'), isRowHead: true, room: 'grow', cell: ({ bankName }) => <b>{bankName}</b> },
            { key: 'number', head: t('page.number'), cell: ({ accountNumber }) => <b className="so">{accountNumber}</b> },
            { key: 'payee', head: t('page.payee'), room: 'wide', cell: ({ accountName }) => accountName },
            { key: 'alias', head: t('page.alias'), room: 'grow', fold: t('page.alias'), cell: ({ alias }) => alias },
            {
              key: 'since',
              head: t('page.since'),
              isNumber: true,
              fold: t('page.since'),
              cell: ({ effectiveFrom, retiresAt }) => (
                <>
                  {formatDay(dayOf(effectiveFrom))}
                  {retiresAt !== null && <span className="sub">{t('page.until', { day: formatDay(dayOf(retiresAt)) })}</span>}
                </>
              ),
            },
          ]}
        />
      </div>
      <p className="small near3">{t.rich('page.accountsCode', { a: (text) => <a href={localePath(locale, '/ung-ho')}>{text}</a> })}</p>
    </>
  )
}
