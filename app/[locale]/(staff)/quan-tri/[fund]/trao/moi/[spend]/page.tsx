import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { DeliveryForm } from '@/components/delivery/delivery-form'
import { handoverProblem } from '@/components/delivery/handover-text'
import { getToHandOver } from '@/lib/delivery/desk'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../../open-console'

type Props = ConsoleProps & { params: Promise<{ spend: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'handover')('record.title') } : {}
}

/** Records that something was handed over. */
export default async function RecordRoute(props: Props) {
  const { spend } = await props.params
  const opened = await openConsole(props, `/trao/moi/${spend}`, 'deliveries.record')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const found = /^\d{1,9}$/.test(spend) ? await getToHandOver(context, { fundId: fund.id, spendId: BigInt(spend) }, locale) : null
  const asked = await props.searchParams
  const problem = handoverProblem(locale, oneOf(asked['loi']), typed)
  const t = translator(locale, 'handover')
  if (!found && problem !== null)
    return (
      <ConsoleShell {...shell} room="handover" title={t('record.title')} problem={problem}>
        <p className="lead-line">{t('toHandOver.none')}</p>
      </ConsoleShell>
    )
  if (!found || !isAllowed(staff.roles, 'deliveries.record', { fundId: fund.id, communeId: found.communeId })) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  return (
    <ConsoleShell {...shell} room="handover" title={t('record.title')} problem={problem}>
      <DeliveryForm
        locale={locale}
        fundSlug={fund.slug}
        purchase={found}
        today={dayOf(context.now())}
        newKey={randomUUID()}
        draft={`${staff.id}:trao:${spend}`}
        isAnew={oneOf(asked['moi']) !== undefined}
        typed={typed}
      />
    </ConsoleShell>
  )
}
