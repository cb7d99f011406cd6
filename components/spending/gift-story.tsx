import type { ReactNode } from 'react'
import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { WeaveKey } from '@/components/weave/woven-bar'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { spendPath, type BoughtPart, type GiftStory as Story, type RestPart, type SpendPart } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'
import { potText } from './pot-text'

interface Row {
  key: string
  kind: 'delivered' | 'spent' | 'received' | 'missing'
  name: string
  became: ReactNode
  amountVnd: bigint
  /** Whether it paid for a spend. */
  isPaid?: true
}

/** What a gift became, part by part; the parts add up to it. */
export function GiftStory({ locale, story, totalVnd }: { locale: Locale; story: Story; totalVnd: bigint }) {
  const t = translator(locale, 'spending')
  const bought = story.spends.flatMap((spend) =>
    spend.bought.map((part): Row => {
      const kind = part.delivery === null ? 'spent' : 'delivered'
      return {
        ...{ key: part.key, kind, name: spend.isUntold ? t('untold.key') : t(`key.${kind}`), amountVnd: part.amountVnd, isPaid: true },
        became: <Bought locale={locale} spend={spend} part={part} />,
      }
    }),
  )
  const rest = story.rest.map((part, index): Row => {
    const isGone = part.kind === 'refunded'
    return {
      ...{ key: `${part.kind}-${index}`, kind: isGone ? 'missing' : part.kind === 'reserve' ? 'spent' : 'received' },
      ...{ name: t(`key.${part.kind === 'waiting' ? 'received' : part.kind}`), became: restText(part, locale), amountVnd: part.amountVnd },
    }
  })
  const told = [...bought, ...rest]
  const arrivingVnd = totalVnd - told.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)
  const arriving: Row = {
    ...{ key: 'arriving', kind: 'received', name: t('story.arriving'), became: t('story.arrivingText'), amountVnd: arrivingVnd },
  }
  return (
    <div className="near2">
      <h3 className="head3">{t('story.title')}</h3>
      <FoldTable
        caption={t('story.title')}
        rows={arrivingVnd > 0n ? [...told, arriving] : told}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'part',
            head: t('story.part'),
            isRowHead: true,
            room: 'grow',
            cell: ({ kind, name }) => (
              <>
                <WeaveKey kind={kind} />
                {name}
              </>
            ),
          },
          { key: 'became', head: t('story.became'), room: 'wide', cell: ({ became }) => became },
          {
            key: 'sum',
            head: t('story.sum'),
            isNumber: true,
            cell: ({ isPaid, amountVnd }) => (
              <b>{isPaid ? <LoggedSum of="+ spent" vnd={amountVnd} locale={locale} /> : formatVnd(amountVnd, locale)}</b>
            ),
          },
        ]}
        total={{ part: t('story.total'), sum: <LoggedSum of="received" vnd={totalVnd} locale={locale} /> }}
      />
      <p className="small quiet near3">{t('story.pooled')}</p>
    </div>
  )
}

/** What is not spent yet, or never will be, in words: with its place in the queue, and where it lies if it was moved. */
function restText({ kind, movedTo, aheadVnd }: RestPart, locale: Locale): string {
  const t = translator(locale, 'spending')
  const text =
    kind === 'waiting'
      ? aheadVnd === null || aheadVnd === 0n
        ? t('story.first')
        : t('story.waiting', { ahead: formatVnd(aheadVnd, locale) })
      : t(`story.${kind}`)
  return movedTo === null ? text : t('story.movedTo', { pot: potText(movedTo, locale), rest: text })
}

/** Units of an item that a gift paid for, and where they are. */
function Bought({ locale, spend, part }: { locale: Locale; spend: SpendPart; part: BoughtPart }) {
  const t = translator(locale, 'spending')
  const { item, wholeUnits, sharedVnd, delivery } = part
  const count = formatCount(wholeUnits, locale)
  const amount = formatVnd(sharedVnd, locale)
  const bought =
    wholeUnits === 0
      ? t('story.shared', { amount, item })
      : sharedVnd === 0n
        ? t('story.whole', { count, item })
        : t('story.wholeShared', { count, item, amount })
  return (
    <>
      {bought}
      <span className={delivery === null && spend.isOverdue && !spend.isUntold ? 'sub late' : 'sub'}>
        {spend.isUntold ? (
          t('untold.gift')
        ) : delivery === null ? (
          t(spend.isOverdue ? 'story.late' : 'story.notYet', { day: formatDay(spend.dueOn) })
        ) : (
          <a href={localePath(locale, `/dot-trao/${delivery.slug}`)}>
            {t('story.deliveredAt', {
              day: formatDay(delivery.deliveredOn),
              place: delivery.place,
              commune: inSentence(delivery.commune, locale),
            })}
          </a>
        )}
      </span>
      <span className="sub">
        {t.rich('story.inSpend', {
          ...{ spend: t('spendPage.number', { number: spend.key }), amount: formatVnd(spend.spendVnd, locale) },
          a: (text) => <a href={localePath(locale, spendPath(spend.key))}>{text}</a>,
        })}
      </span>
    </>
  )
}
