import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { deskProblem } from '@/components/desk/desk-text'
import { UnreadDecisions } from '@/components/desk/unread-decisions'
import { UnreadPane } from '@/components/desk/unread-pane'
import { UnreadTable } from '@/components/desk/unread-table'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { readSubject } from '@/lib/unread/model'
import { getUnread, listUnread, listUnreadDecisions } from '@/lib/unread/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'unread')('title') } : {}
}

/** What no machine could read or place, and what people say of it. */
export default async function UnreadRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/ngan-hang/chua-ro', 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const t = translator(locale, 'unread')
  const asked = await props.searchParams
  const items = await listUnread(context, fund.id)
  const subject = readSubject(typed?.fields['muc'] ?? oneOf(asked['muc']) ?? '')
  const open = subject && (await getUnread(context, fund.id, subject))
  const recent = await listUnreadDecisions(context, fund.id)
  const names = await staffNames(context, [...recent.map(({ by }) => by), ...items.flatMap(({ waits }) => waits?.by ?? [])])
  const mayDecide = isAllowed(staff.roles, 'bank.decide', { fundId: fund.id })
  const own = (path: string) => localePath(locale, consolePath(fund.slug, `/ngan-hang${path}`))
  const done = oneOf(asked['xong'])
  const problem = deskProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell
      {...shell}
      room="bank"
      title={t('title')}
      beside={<a href={own('')}>{t('toQueue')}</a>}
      notice={isTextOf(MESSAGES.vi.unread.done, done) ? t(`done.${done}`) : null}
      problem={problem}
    >
      <p className="lead-line">{t('lead')}</p>
      <div className={open ? 'bench' : undefined}>
        <div>
          {items.length === 0 ? (
            <p>{t('none')}</p>
          ) : (
            <UnreadTable locale={locale} items={items} names={names} openHref={(key) => `${own('/chua-ro')}?muc=${key}#muc`} />
          )}
          <UnreadDecisions locale={locale} rows={recent} names={names} mayDecide={mayDecide} action={own('/chua-ro/hoan-tac')} />
        </div>
        {open && (
          <UnreadPane
            locale={locale}
            item={open}
            action={own('/chua-ro/ghi')}
            formKey={Buffer.from(context.random(12)).toString('hex')}
            typed={typed}
            mayDecide={mayDecide}
          />
        )}
      </div>
    </ConsoleShell>
  )
}
