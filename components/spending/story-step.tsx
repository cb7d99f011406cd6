import type { ReactNode } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { spendPath, type NextStep, type StoryStep } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'
import { potText } from './pot-text'

/** A step of a gift after it arrived, with a link to what it became. */
export function StoryStepText({ locale, step }: { locale: Locale; step: StoryStep }): ReactNode {
  const t = translator(locale, 'spending')
  const amount = formatVnd(step.amountVnd, locale)
  if (step.kind === 'delivered') {
    const { slug, place, commune } = step.delivery
    return (
      <a href={localePath(locale, `/dot-trao/${slug}`)}>
        {t('story.step.delivered', { amount, place, commune: inSentence(commune, locale) })}
      </a>
    )
  }
  if (step.kind === 'moved') {
    const pot = potText(step.to, locale)
    return step.reason === null ? t('story.step.movedPlain', { amount, pot }) : t('story.step.moved', { amount, pot, reason: step.reason })
  }
  const { key, supplier } = step.spend
  return t.rich(`story.step.${step.kind}`, { amount, supplier, ...spendLink(key, locale) })
}

/** What comes next for a gift, and by when. */
export function nextText({ kind, dueOn, isLate, spendKey }: NextStep, locale: Locale): ReactNode {
  const t = translator(locale, 'spending')
  if (dueOn === null) return translator(locale, 'giving')('gift.arrived.nextOther')
  const day = formatDay(dueOn)
  if (kind === 'spend' || spendKey === null) return t(isLate ? 'story.next.spendLate' : 'story.next.spend', { day })
  const text = kind === 'hand_over' ? (isLate ? 'handOverLate' : 'handOver') : isLate ? 'payLate' : 'pay'
  return t.rich(`story.next.${text}`, { day, ...spendLink(spendKey, locale) })
}

/** A spend inside a sentence, by its number. */
const spendLink = (key: string, locale: Locale) => ({
  spend: translator(locale, 'spending')('spendPage.number', { number: key }),
  a: (text: ReactNode) => <a href={localePath(locale, spendPath(key))}>{text}</a>,
})
