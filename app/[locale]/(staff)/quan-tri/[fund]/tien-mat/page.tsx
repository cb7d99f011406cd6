import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { CashBoxFacts, DepositForm, DepositTable } from '@/components/office/cash-box'
import { ReceiptTable } from '@/components/office/receipt-table'
import { ReversalTable } from '@/components/office/reversal-table'
import { officeNotice, officeProblem } from '@/components/office/text'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getCashBox, listDepositAccounts, listDeposits, listReceipts, listReversals } from '@/lib/office/queries'
import { createFormKey } from '@/lib/pledges/secret'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('title') } : {}
}

/** Cash and cheques of the office: what is in the box, what was carried to the bank, and every receipt. */
export default async function CashRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/tien-mat', 'gifts.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const group = oneOf(asked['phan']) === 'sec' ? 'waiting' : 'all'
  const after = oneOf(asked['sau'])
  const before = after !== undefined && /^\d{1,15}$/.test(after) ? BigInt(after) : null
  const [receipts, box, deposits, reversals] = await Promise.all([
    listReceipts(context, fund.id, { group, before }, locale),
    getCashBox(context, fund.id),
    listDeposits(context, fund.id),
    listReversals(context, fund.id),
  ])
  const names = await staffNames(context, [...deposits.map(({ takenBy }) => takenBy), ...reversals.map(({ askedBy }) => askedBy)])
  const mayRecord = isAllowed(staff.roles, 'cash.record', { fundId: fund.id })
  const t = translator(locale, 'office')
  const path = (within: string) => localePath(locale, consolePath(fund.slug, within))
  const notice = officeNotice(locale, oneOf(asked['xong']))
  const problem = officeProblem(locale, oneOf(asked['loi']))
  const groups = { all: path('/tien-mat'), waiting: path('/tien-mat?phan=sec') }
  return (
    <ConsoleShell
      {...shell}
      room="cash"
      title={t('title')}
      beside={
        <nav className="parts" aria-label={t('title')}>
          {(['all', 'waiting'] as const).map((one) => (
            <a key={one} href={groups[one]} {...(one === group ? { 'aria-current': 'page' } : {})}>
              {t(`groups.${one}`)}
            </a>
          ))}
        </nav>
      }
      notice={notice}
      problem={problem}
    >
      <p className="lead-line">{t('lead')}</p>
      {mayRecord && (
        <p>
          <a className="act act-3" href={path('/tien-mat/moi')}>
            {t('take')}
          </a>
        </p>
      )}
      <div className="bench">
        <div>
          <ReversalTable
            locale={locale}
            fundSlug={fund.slug}
            rows={reversals}
            names={names}
            me={staff.id}
            mayDecide={isAllowed(staff.roles, 'cash.reverse', { fundId: fund.id })}
          />
          <ReceiptTable locale={locale} fundSlug={fund.slug} rows={receipts.rows} />
          {receipts.next !== null && (
            <p>
              <a href={path(`/tien-mat?${group === 'all' ? '' : 'phan=sec&'}sau=${receipts.next}`)} rel="next">
                {t('older')}
              </a>
            </p>
          )}
        </div>
        <aside className="pane">
          <CashBoxFacts locale={locale} box={box} />
          <section aria-labelledby="nop">
            <h2 id="nop">{t('deposits.title')}</h2>
            <p className="small">{t('deposits.lead')}</p>
            {mayRecord && box.balanceVnd > box.carriedVnd && (
              <DepositForm
                locale={locale}
                action={path('/tien-mat/nop')}
                accounts={await listDepositAccounts(context, fund.id)}
                formKey={createFormKey(context.random)}
                today={dayOf(context.now())}
                typed={typed}
              />
            )}
            <DepositTable locale={locale} rows={deposits} names={names} action={mayRecord ? path('/tien-mat/viec') : null} />
          </section>
        </aside>
      </div>
    </ConsoleShell>
  )
}
