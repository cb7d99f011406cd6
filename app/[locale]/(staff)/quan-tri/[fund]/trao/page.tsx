import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { DeskDeliveries } from '@/components/delivery/desk-deliveries'
import { ToHandOverTable } from '@/components/delivery/to-hand-over'
import { UploadTold } from '@/components/evidence/upload-told'
import { listToHandOver } from '@/lib/delivery/desk'
import { listDeskDeliveries } from '@/lib/delivery/desk-deliveries'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { communesOf, isAllowedSomewhere } from '@/lib/staff/permissions'
import { openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'handover')('title') } : {}
}

/** What is to be handed over, and what proves what was: the earliest due first. */
export default async function HandoverRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/trao', 'deliveries.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const of = { fundId: fund.id, communeIds: communesOf(staff.roles, 'deliveries.read', fund.id) }
  const toHandOver = await listToHandOver(context, of, locale)
  const deliveries = await listDeskDeliveries(context, of, locale)
  const t = translator(locale, 'handover')
  return (
    <ConsoleShell {...shell} room="handover" takes={[{ table: 'deliveries' }, { table: 'papers' }, { table: 'photos' }]} title={t('title')}>
      <UploadTold locale={locale} me={staff.id} />
      <ToHandOverTable
        locale={locale}
        fundSlug={fund.slug}
        rows={toHandOver}
        mayRecord={isAllowedSomewhere(staff.roles, 'deliveries.record', fund.id)}
      />
      <DeskDeliveries locale={locale} fundSlug={fund.slug} rows={deliveries} />
      <script type="module" src="/js/uploads.js" />
    </ConsoleShell>
  )
}
