import { nextText, StoryStepText } from '@/components/spending/story-step'
import { Timeline, type Knot } from '@/components/ui/timeline'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatForeign, formatRate } from '@/lib/money/currency'
import { formatVnd } from '@/lib/money/vnd'
import { sumGifts, type ArrivedGift, type GiftView } from '@/lib/pledges/model'
import type { GiftStory } from '@/lib/spending/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { numbersOf } from './gift-arrived'
import { pledgedText } from './pledged-text'

/** All that came with a code lies there. */
const allOn = (line: ArrivedGift['line'], { gifts }: GiftView): boolean => gifts.every((gift) => gift.line === line)

/** The steps of a gift that arrived, newest first, and the one to come: how it came, what it paid for, where that was handed over. */
export function GiftSteps({ locale, gift, story }: { locale: Locale; gift: GiftView; story: GiftStory }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const arrivals = gift.gifts.map((one, index) => {
    const numbers = numbersOf(one, locale)
    return {
      at: one.receivedAt,
      key: `received-${index}`,
      when: formatMoment(one.receivedAt),
      text: `${arrivalText(one, gift.code, locale)}${one.line === 'campaign' && numbers !== null ? ` ${t('gift.arrived.step.placed', { numbers })}` : ''}`,
    }
  })
  const changes = gift.changes.map(({ kind, amountVnd, at }, index) => ({
    ...{ at, key: `change-${index}`, when: formatMoment(at) },
    text: card(`change.${kind}`, { amount: formatVnd(amountVnd, locale) }),
  }))
  const spent = story.steps.map((step) => ({
    ...{ at: step.at, key: step.key, when: formatDay(step.on), text: <StoryStepText locale={locale} step={step} /> },
    isLeaf: step.kind === 'delivered',
  }))
  const past = [
    ...arrivals.map((one) => ({ ...one, isLeaf: false })),
    ...changes.map((one) => ({ ...one, isLeaf: false })),
    ...spent,
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return (
    <section aria-labelledby="tung-buoc">
      <h2 className="head2" id="tung-buoc">
        {t('gift.arrived.steps')}
      </h2>
      <Timeline
        knots={[
          ...nextKnot(gift, story, locale),
          ...past.map(({ key, when, text, isLeaf }): Knot => ({ key, when, what: <p>{text}</p>, ...(isLeaf ? { kind: 'leaf' } : {}) })),
          {
            key: 'created',
            when: formatMoment(gift.createdAt),
            what: <p>{begunText(gift, locale)}</p>,
          },
        ]}
      />
    </section>
  )
}

function begunText({ code, pledged, receipt }: GiftView, locale: Locale): string {
  const t = translator(locale, 'giving')
  const amount = pledgedText(pledged, locale)
  return receipt ? t('gift.office.begun', { number: receipt.number, code, amount }) : t('gift.arrived.step.created', { code, amount })
}

function arrivalText({ via, amountVnd, charged }: ArrivedGift, code: string, locale: Locale): string {
  const card = translator(locale, 'card')
  const amount = formatVnd(amountVnd, locale)
  if (via === 'cash') return translator(locale, 'giving')('gift.office.step', { amount })
  if (via === 'bank') return translator(locale, 'giving')('gift.arrived.step.received', { amount, code })
  if (!charged) return card('arrived.stepPaid', { amount })
  const { amountMinor, currency, rate } = charged
  return card('arrived.stepForeign', {
    amount,
    charged: formatForeign(amountMinor, currency, locale),
    rate: formatRate(rate, currency, locale),
  })
}

/** What is to come, and by when; nothing for a gift that went back, or is handed over to the last đồng. */
function nextKnot(gift: GiftView, story: GiftStory, locale: Locale): Knot[] {
  const t = translator(locale, 'giving')
  const { heldVnd, standingVnd } = sumGifts(gift.gifts)
  if (standingVnd + heldVnd === 0n || story.deliveredVnd === standingVnd + heldVnd) return []
  // Whether a spend that is told only as a whole is handed over, it does not say; nothing more is to come.
  if (story.next === null && heldVnd === 0n && story.spends.some(({ isUntold }) => isUntold)) return []
  const isOfPot = allOn('general', gift) && story.next?.dueOn === null
  if (story.next && standingVnd > 0n && !allOn('to_return', gift) && !isOfPot)
    return [{ key: 'next', kind: 'to-come', when: t('gift.arrived.nextWhen'), what: <p>{nextText(story.next, locale)}</p> }]
  const next =
    standingVnd === 0n
      ? translator(locale, 'card')('arrived.nextHeld')
      : allOn('to_return', gift)
        ? t('gift.arrived.nextReturn')
        : t(allOn('other', gift) ? 'gift.arrived.nextOther' : allOn('general', gift) ? 'gift.office.next' : 'gift.arrived.step.next')
  return [{ key: 'next', kind: 'to-come', when: t('gift.arrived.nextWhen'), what: <p>{next}</p> }]
}
