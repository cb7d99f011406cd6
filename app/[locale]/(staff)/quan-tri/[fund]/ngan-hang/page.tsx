import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { BulkBar } from '@/components/desk/bulk-bar'
import { deskProblem } from '@/components/desk/desk-text'
import { FailedLines } from '@/components/desk/failed-lines'
import { LinePane } from '@/components/desk/line-pane'
import { QueueGroups } from '@/components/desk/queue-groups'
import { QueueTable } from '@/components/desk/queue-table'
import { RecentDecisions } from '@/components/desk/recent-decisions'
import { listAccountIds } from '@/lib/bank/decisions'
import { readFailed } from '@/lib/bank/failed-lines'
import { isQueueGroup } from '@/lib/bank/model'
import { getQueue, getQueueLine, listRecentDecisions } from '@/lib/bank/queue'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { countUnread } from '@/lib/unread/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'desk')('queue.title') } : {}
}

/** Lines of the bank that wait for a person. */
export default async function QueueRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/ngan-hang', 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const t = translator(locale, 'desk')
  const asked = await props.searchParams
  const group = oneOf(asked['nhom']) ?? ''
  const after = /^\d{1,18}$/.exec(oneOf(asked['sau']) ?? '')
  const wanted = { group: isQueueGroup(group) ? group : null, after: after ? BigInt(after[0]) : null }
  const queue = await getQueue(context, fund.id, wanted, locale)
  const openId = /^\d{1,18}$/.exec(typed?.fields['dong'] ?? oneOf(asked['dong']) ?? '')?.[0]
  const line = openId === undefined ? null : await getQueueLine(context, fund.id, BigInt(openId), locale)
  const recent = await listRecentDecisions(context, fund.id)
  const failed = await readFailed(context, oneOf(asked['hong']) ?? '', await listAccountIds(context, fund.id))
  const names = await staffNames(context, [...recent.map(({ by }) => by), ...failed.flatMap(({ first }) => first?.by ?? [])])
  const may = (permission: 'bank.place' | 'bank.decide') => isAllowed(staff.roles, permission, { fundId: fund.id })
  const mayDecide = may('bank.place') && may('bank.decide')
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  const formKey = Buffer.from(context.random(12)).toString('hex')
  const done = oneOf(asked['xong'])
  const notice =
    done === 'undone' ? t('queue.undone') : done !== undefined && /^\d+$/.test(done) ? t('queue.done', { count: Number(done) }) : null
  const problem = deskProblem(locale, oneOf(asked['loi']), typed)
  const groupQuery = wanted.group === null ? '' : `nhom=${wanted.group}&`
  return (
    <ConsoleShell
      {...shell}
      room="bank"
      takes={[{ table: 'bank_lines', fields: { nhom: wanted.group ?? '' } }, { table: 'decisions' }]}
      title={t('queue.title')}
      beside={
        <QueueGroups
          locale={locale}
          path={own('/ngan-hang')}
          counts={queue.counts}
          group={wanted.group}
          rulesPath={own('/ngan-hang/quy-tac')}
          unreadPath={own('/ngan-hang/chua-ro')}
          unread={await countUnread(context, fund.id)}
        />
      }
      notice={notice}
      problem={problem}
    >
      <FailedLines locale={locale} failed={failed} names={names} />
      <p className="lead-line">{t('queue.lead')}</p>
      <div className={line ? 'bench' : undefined}>
        <div>
          {queue.lines.length === 0 ? (
            <p>{t('queue.none')}</p>
          ) : (
            <form method="post" action={own('/ngan-hang/ghi')}>
              <input type="hidden" name="key" value={formKey} />
              <QueueTable
                locale={locale}
                lines={queue.lines}
                mayDecide={mayDecide}
                openHref={(id) => `${own('/ngan-hang')}?${groupQuery}dong=${id}#dong`}
              />
              {mayDecide && <BulkBar locale={locale} typed={typed?.fields ?? {}} />}
            </form>
          )}
          {queue.next !== null && (
            <p className="pager">
              <a href={`${own('/ngan-hang')}?${groupQuery}sau=${queue.next}`} rel="next">
                {t('queue.next')}
              </a>
            </p>
          )}
          <p className="small quiet">{t.rich('queue.keys', { k: (text) => <kbd>{text}</kbd> })}</p>
          <RecentDecisions
            locale={locale}
            rows={recent}
            names={names}
            me={staff.id}
            mayDecide={mayDecide}
            action={own('/ngan-hang/hoan-tac')}
          />
        </div>
        {line && mayDecide && (
          <LinePane locale={locale} line={line} action={own('/ngan-hang/ghi')} formKey={`${formKey}-1`} typed={typed?.fields ?? {}} />
        )}
      </div>
    </ConsoleShell>
  )
}
