import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { DeskDeliveryPage } from '@/components/delivery/desk-delivery-page'
import { handoverNotice, handoverProblem } from '@/components/delivery/handover-text'
import { getDeskDelivery } from '@/lib/delivery/desk-deliveries'
import type { DeskDelivery } from '@/lib/delivery/model'
import { getDeskEvidence } from '@/lib/evidence/desk'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../../open-console'

type Props = ConsoleProps & { params: Promise<{ delivery: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'handover')('delivery.title') } : {}
}

/** Which form of the browser's is done with, by what was done. */
const draftDone = (done: string | undefined, delivery: DeskDelivery): string | null => {
  if (done === 'recorded') return `trao:${delivery.spendId}`
  const form = done === 'photo' ? 'anh' : done === 'paper' ? 'giay' : done === 'consented' ? 'dong-y' : null
  return form && `${form}:${delivery.id}`
}

/** A delivery with everything that proves it, and what still waits. */
export default async function DeliveryRoute(props: Props) {
  const { delivery: id } = await props.params
  const opened = await openConsole(props, `/trao/dot/${id}`, 'deliveries.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const delivery = /^\d{1,9}$/.test(id) ? await getDeskDelivery(context, { fundId: fund.id, deliveryId: BigInt(id) }, locale) : null
  const place = { fundId: fund.id, communeId: delivery?.communeId }
  if (!delivery || !isAllowed(staff.roles, 'deliveries.read', place)) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const evidence = await getDeskEvidence(context, BigInt(id), locale)
  const names = await staffNames(
    context,
    [...evidence.photos, ...evidence.papers].map(({ addedBy }) => addedBy),
  )
  const asked = await props.searchParams
  const notice = handoverNotice(locale, oneOf(asked['xong']))
  const done = draftDone(oneOf(asked['xong']), delivery)
  const problem = handoverProblem(locale, oneOf(asked['loi']), typed)
  const may = (permission: 'evidence.add' | 'evidence.release' | 'evidence.withdraw') => isAllowed(staff.roles, permission, place)
  const t = translator(locale, 'handover')
  return (
    <ConsoleShell
      {...shell}
      room="handover"
      title={t('delivery.heading', { place: delivery.place })}
      notice={notice && <span data-draft-done={done && `${staff.id}:${done}`}>{notice}</span>}
      problem={problem}
    >
      <DeskDeliveryPage
        locale={locale}
        fundSlug={fund.slug}
        delivery={delivery}
        evidence={evidence}
        names={names}
        me={staff.id}
        may={{ add: may('evidence.add'), release: may('evidence.release'), withdraw: may('evidence.withdraw') }}
        today={dayOf(context.now())}
        newKeys={{ consent: randomUUID(), photo: randomUUID(), paper: randomUUID() }}
        typed={typed}
      />
    </ConsoleShell>
  )
}
