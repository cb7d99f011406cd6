import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { deskProblem } from '@/components/desk/desk-text'
import { RefundForm } from '@/components/desk/refund-form'
import { DisputeTable, RefundTable } from '@/components/desk/refund-table'
import { findGiftsToReturn, listDisputes, listRefunds } from '@/lib/cards/refund-list'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { normalizeCode } from '@/lib/pledges/codes'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'desk')('refunds.title') } : {}
}

/** Gifts that go back, by two people, and disputes with their days. */
export default async function RefundsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/hoan-tien', 'refunds.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const t = translator(locale, 'desk')
  const asked = await props.searchParams
  const code = normalizeCode(typed?.fields['ma'] ?? oneOf(asked['ma']) ?? '').slice(0, 20)
  const mayAsk = isAllowed(staff.roles, 'refunds.request', { fundId: fund.id })
  const gifts = mayAsk && code !== '' ? await findGiftsToReturn(context, fund.id, code) : []
  const rows = await listRefunds(context, fund.id)
  const names = await staffNames(context, rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy ?? '']).filter(Boolean))
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  const done = oneOf(asked['xong'])
  const problem = deskProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell
      {...shell}
      room="refunds"
      takes={[{ table: 'refunds' }, { table: 'disputes' }]}
      title={t('refunds.title')}
      notice={done === 'asked' || done === 'decided' ? t(`refunds.${done}`) : null}
      problem={problem}
    >
      <p className="lead-line">{t('refunds.lead')}</p>
      <div className={mayAsk ? 'bench' : undefined}>
        <div>
          <DisputeTable locale={locale} rows={await listDisputes(context, fund.id)} />
          <RefundTable
            locale={locale}
            rows={rows}
            names={names}
            me={staff.id}
            mayDecide={isAllowed(staff.roles, 'refunds.approve', { fundId: fund.id })}
            action={own('/hoan-tien/quyet')}
          />
        </div>
        {mayAsk && (
          <RefundForm
            locale={locale}
            path={own('/hoan-tien')}
            action={own('/hoan-tien/xin')}
            code={code}
            gifts={gifts}
            formKey={Buffer.from(context.random(12)).toString('hex')}
            typed={typed?.fields ?? {}}
          />
        )}
      </div>
    </ConsoleShell>
  )
}
