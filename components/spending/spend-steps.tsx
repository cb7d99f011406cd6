import type { ReactNode } from 'react'
import { Timeline, type Knot } from '@/components/ui/timeline'
import type { DeliveryRow } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { SpendView } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'

/** What happened with a spend, newest first, and what is to come. */
export function SpendSteps({ locale, spend, deliveries }: { locale: Locale; spend: SpendView; deliveries: DeliveryRow[] }) {
  const t = translator(locale, 'spending')
  const { supplier, reason, state } = spend
  const vnd = (amount: bigint) => formatVnd(amount, locale)
  const knot = (key: string, day: string, text: ReactNode, kind?: Knot['kind']): Knot => ({
    ...{ key, when: formatDay(day), what: <p>{text}</p> },
    ...(kind === undefined ? {} : { kind }),
  })
  const between = [
    ...spend.payments.map(({ key, paidOn, amountVnd, at }) => ({
      at,
      knot: knot(`paid-${key}`, paidOn, t('spendPage.step.paid', { amount: vnd(amountVnd), supplier })),
    })),
    ...spend.refunds.map(({ key, on, amountVnd, item, at }) => ({
      at,
      knot: knot(`back-${key}`, on, t('spendPage.step.returned', { supplier, amount: vnd(amountVnd), item })),
    })),
    ...deliveries.map(({ slug, deliveredOn, place, commune, amountVnd, toldAt }) => ({
      at: toldAt,
      knot: knot(
        `delivered-${slug}`,
        deliveredOn,
        <a href={localePath(locale, `/dot-trao/${slug}`)}>
          {amountVnd === null
            ? t('untold.step', { place, commune: inSentence(commune.name, locale) })
            : t('spendPage.step.delivered', { place, commune: inSentence(commune.name, locale), amount: vnd(amountVnd) })}
        </a>,
        'leaf',
      ),
    })),
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const isOpen = state === 'requested' || state === 'approved' || state === 'paid'
  const due = t(spend.isOverdue ? 'spendPage.step.late' : 'spendPage.step.due', { day: formatDay(spend.dueOn) })
  return (
    <Timeline
      knots={[
        ...(isOpen ? [{ key: 'next', kind: 'to-come' as const, when: t('spendPage.next'), what: <p>{due}</p> }] : []),
        ...(spend.endedOn !== null && state === 'settled' ? [knot('ended', spend.endedOn, t('spendPage.step.settled'))] : []),
        ...(spend.endedOn !== null && state === 'cancelled'
          ? [knot('ended', spend.endedOn, t('spendPage.step.cancelled', { reason: reason ?? '' }))]
          : []),
        ...between.map((step) => step.knot),
        ...(spend.decidedOn === null
          ? []
          : [
              state === 'rejected'
                ? knot('decided', spend.decidedOn, t('spendPage.step.rejected', { reason: reason ?? '' }))
                : knot('decided', spend.decidedOn, t('spendPage.step.approved')),
            ]),
        knot('requested', spend.requestedOn, t('spendPage.step.requested', { amount: vnd(spend.amountVnd) })),
      ]}
    />
  )
}
