import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import type { OwnAccount } from '@/lib/funds/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { dayOf, formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  accounts: OwnAccount[]
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  mayPropose: boolean
  mayApprove: boolean
}

const TAGS = { proposed: 'maybe', approved: 'maybe', in_effect: 'sure', retired: 'none' } as const

/** Receiving accounts with who proposed and who approved each. */
export function AccountsTable({ locale, fundSlug, accounts, names, me, mayPropose, mayApprove }: Props) {
  const t = translator(locale, 'console')
  const nameOf = (id: string) => names.get(id) ?? id
  const own = (path: string) => localePath(locale, consolePath(fundSlug, path))
  return (
    <form method="post" action={own('/tai-khoan/duyet')}>
      <FoldTable
        caption={t('accounts.title')}
        rows={accounts}
        rowKey={({ id }) => String(id)}
        columns={[
          { key: 'alias', head: t('accounts.alias'), isRowHead: true, room: 'grow', cell: ({ alias }) => <b>{alias}</b> },
          {
            key: 'number',
            head: t('accounts.number'),
            room: 'wide',
            cell: ({ accountNumber, bankName, bankBin }) => (
              <>
                <b className="so">{accountNumber}</b>
                <span className="sub">
                  {bankName}, {bankBin}
                </span>
              </>
            ),
          },
          { key: 'payee', head: t('accounts.payee'), room: 'grow', cell: ({ accountName }) => accountName },
          {
            key: 'state',
            head: t('accounts.state'),
            room: 'wide',
            cell: ({ state, effectiveFrom, proposedBy, approvedBy, retiredAt, retirement }) => (
              <>
                <span className={`tag ${TAGS[state]}`}>
                  {t(`accounts.states.${state}`, { day: effectiveFrom ? formatDay(dayOf(effectiveFrom)) : '' })}
                </span>
                <span className="sub">
                  {t('accounts.proposedBy', { name: nameOf(proposedBy) })}
                  {approvedBy !== null && `, ${t('accounts.approvedBy', { name: nameOf(approvedBy) })}`}
                </span>
                {retirement !== null && state !== 'retired' && (
                  <span className="sub tag maybe">
                    {retiredAt === null ? t('accounts.toRetire') : t('accounts.retiring', { day: formatDay(dayOf(retiredAt)) })}
                  </span>
                )}
                {retirement !== null && (
                  <span className="sub">
                    {t('accounts.retireBy', { name: nameOf(retirement.proposedBy) })}
                    {retirement.approvedBy !== null && `, ${t('accounts.approvedBy', { name: nameOf(retirement.approvedBy) })}`}
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'acts',
            head: <span className="vh">{t('decide')}</span>,
            cell: ({ id, state, proposedBy, alias, retirement }) => {
              const button = (name: string, text: string, action = own('/tai-khoan/duyet'), value = String(id)) => (
                <button className="act act-2 act-row" name={name} value={value} formAction={action}>
                  {text} <span className="vh">{alias}</span>
                </button>
              )
              const withdraw = (what: 'account' | 'retirement') =>
                mayPropose ? button('withdraw', t('accounts.withdraw'), own('/tai-khoan/rut-lai'), `${what} ${id}`) : null
              if (state === 'proposed') {
                if (proposedBy === me) return withdraw('account')
                return mayApprove ? button('approve', t('accounts.approve')) : null
              }
              if (state === 'retired' || retirement?.approvedBy) return null
              if (retirement === null) return mayPropose ? button('retire', t('accounts.retire'), own('/tai-khoan/thoi-dung')) : null
              if (retirement.proposedBy === me) return withdraw('retirement')
              return mayApprove ? button('approve-retirement', t('accounts.approveRetire')) : null
            },
          },
        ]}
      />
    </form>
  )
}
