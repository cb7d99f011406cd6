import type { ReactNode } from 'react'
import { FoldTable } from '@/components/ui/fold-table'
import { WeaveKey } from '@/components/weave/woven-bar'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { BoughtPart, GiftStory as Story, SpendPart } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'

interface Row {
  key: string
  kind: 'delivered' | 'spent' | 'received'
  name: string
  became: ReactNode
  amountVnd: bigint
}

/** What a gift became, part by part; the parts add up to it. */
export function GiftStory({ locale, story, totalVnd }: { locale: Locale; story: Story; totalVnd: bigint }) {
  const t = translator(locale, 'spending')
  const rest = story.sums.filter(({ kind }) => kind !== 'delivered' && kind !== 'spent')
  const rows: Row[] = [
    ...story.spends.flatMap((spend) =>
      spend.bought.map((part): Row => {
        const kind = part.delivery === null ? 'spent' : 'delivered'
        return {
          key: part.key,
          kind,
          name: t(`key.${kind}`),
          became: <Bought locale={locale} spend={spend} part={part} />,
          amountVnd: part.amountVnd,
        }
      }),
    ),
    ...rest.map(({ kind, amountVnd }): Row => ({ key: kind, kind: 'received', ...wordsOf(kind, story, locale), amountVnd })),
  ]
  return (
    <div className="near2">
      <h3 className="head3">{t('story.title')}</h3>
      <FoldTable
        caption={t('story.title')}
        rows={rows}
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
          { key: 'sum', head: t('story.sum'), isNumber: true, cell: ({ amountVnd }) => <b>{formatVnd(amountVnd, locale)}</b> },
        ]}
        total={{ part: t('story.total'), sum: formatVnd(totalVnd, locale) }}
      />
      <p className="small quiet near3">{t('papers')}</p>
    </div>
  )
}

/** What is not spent yet, or never will be, in words. */
function wordsOf(kind: Story['sums'][number]['kind'], story: Story, locale: Locale): { name: string; became: string } {
  const t = translator(locale, 'spending')
  switch (kind) {
    case 'committed':
      return { name: t('key.committed'), became: t('story.committed') }
    case 'held':
      return { name: t('key.held'), became: t('story.held') }
    case 'refunded':
      return { name: t('key.refunded'), became: t('story.refunded') }
    case 'reserve':
      return { name: t('key.spent'), became: t('story.reserve') }
    default:
      return {
        name: t('key.received'),
        became:
          story.aheadVnd === null || story.aheadVnd === 0n
            ? t('story.next')
            : t('story.waiting', { ahead: formatVnd(story.aheadVnd, locale) }),
      }
  }
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
      <span className="sub">
        {delivery === null ? (
          t(spend.isOverdue ? 'story.late' : 'story.notYet', { day: formatDay(spend.dueOn) })
        ) : (
          <a href={localePath(locale, `/dot-trao/${delivery.slug}`)}>
            {t('story.deliveredAt', { day: formatDay(delivery.deliveredOn), place: delivery.place, commune: delivery.commune })}
          </a>
        )}
      </span>
    </>
  )
}
