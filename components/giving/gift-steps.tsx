import { Timeline, type Knot } from '@/components/ui/timeline'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatForeign, formatRate } from '@/lib/money/currency'
import { formatVnd } from '@/lib/money/vnd'
import { sumGifts, type ArrivedGift, type GiftView } from '@/lib/pledges/model'
import { formatMoment } from '@/lib/time/day'
import { numbersOf } from './gift-arrived'
import { pledgedText } from './pledged-text'

/** All that came with a code lies there. */
const allOn = (line: ArrivedGift['line'], { gifts }: GiftView): boolean => gifts.every((gift) => gift.line === line)

/** The steps of a gift that arrived, newest first, and the one to come. */
export function GiftSteps({ locale, gift }: { locale: Locale; gift: GiftView }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const arrivals = gift.gifts.map((one, index) => {
    const numbers = numbersOf(one, locale)
    return {
      at: one.receivedAt,
      key: `received-${index}`,
      text: `${arrivalText(one, gift.code, locale)}${one.line === 'campaign' && numbers !== null ? ` ${t('gift.arrived.step.placed', { numbers })}` : ''}`,
    }
  })
  const changes = gift.changes.map(({ kind, amountVnd, at }, index) => ({
    ...{ at, key: `change-${index}` },
    text: card(`change.${kind}`, { amount: formatVnd(amountVnd, locale) }),
  }))
  const past = [...arrivals, ...changes].toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return (
    <section aria-labelledby="tung-buoc">
      <h2 className="head2" id="tung-buoc">
        {t('gift.arrived.steps')}
      </h2>
      <Timeline
        knots={[
          ...nextKnot(gift, locale),
          ...past.map(({ at, key, text }) => ({ key, when: formatMoment(at), what: <p>{text}</p> })),
          {
            key: 'created',
            when: formatMoment(gift.createdAt),
            what: <p>{t('gift.arrived.step.created', { code: gift.code, amount: pledgedText(gift.pledged, locale) })}</p>,
          },
        ]}
      />
    </section>
  )
}

function arrivalText({ via, amountVnd, charged }: ArrivedGift, code: string, locale: Locale): string {
  const card = translator(locale, 'card')
  const amount = formatVnd(amountVnd, locale)
  if (via === 'bank') return translator(locale, 'giving')('gift.arrived.step.received', { amount, code })
  if (!charged) return card('arrived.stepPaid', { amount })
  const { amountMinor, currency, rate } = charged
  return card('arrived.stepForeign', {
    amount,
    charged: formatForeign(amountMinor, currency, locale),
    rate: formatRate(rate, currency, locale),
  })
}

/** What is to come; nothing for a gift that went back. */
function nextKnot(gift: GiftView, locale: Locale): Knot[] {
  const t = translator(locale, 'giving')
  const { heldVnd, standingVnd } = sumGifts(gift.gifts)
  if (standingVnd + heldVnd === 0n) return []
  const next =
    standingVnd === 0n
      ? translator(locale, 'card')('arrived.nextHeld')
      : allOn('to_return', gift)
        ? t('gift.arrived.nextReturn')
        : t(allOn('other', gift) ? 'gift.arrived.nextOther' : 'gift.arrived.step.next')
  return [{ key: 'next', kind: 'to-come', when: t('gift.arrived.nextWhen'), what: <p>{next}</p> }]
}
