import type { ReactNode } from 'react'
import { WithSums } from '@/components/ui/logged-sum'
import { FoldTable } from '@/components/ui/fold-table'
import { WeaveKey } from '@/components/weave/woven-bar'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { spendPath, type CampaignMoney as Money, type SpendListed } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'
import { potText } from './pot-text'

interface Props {
  locale: Locale
  money: Money
  spends: readonly SpendListed[]
  /** Nothing more is spent of it: what is left goes where the page said beforehand. */
  isOver: boolean
  overflow: string
}

/** What became of all that a campaign received; the parts add up to it, and what is overdue is said. */
export function CampaignMoney({ locale, money, spends, isOver, overflow }: Props) {
  const t = translator(locale, 'spending')
  const vnd = (amount: bigint) => formatVnd(amount, locale)
  const moved = money.moved.map(({ key, to, amountVnd, movedOn, reason }) => (
    <span key={key} className="sub-first">
      {t('money.movedTo', { amount: vnd(amountVnd), pot: potText(to, locale), day: formatDay(movedOn), reason })}
      <br />
    </span>
  ))
  const rows: { key: string; kind: 'delivered' | 'spent' | 'received' | 'missing'; name: string; where: ReactNode; amountVnd: bigint }[] = [
    { key: 'delivered', kind: 'delivered', name: t('money.delivered'), where: t('money.deliveredText'), amountVnd: money.deliveredVnd },
    {
      ...{ key: 'waiting', kind: 'spent', amountVnd: money.waitingVnd },
      name: money.isPartlyTold ? t('untold.key') : t('money.waiting'),
      where: money.isPartlyTold ? t('untold.waiting') : t('money.waitingText'),
    },
    { key: 'promised', kind: 'received', name: t('money.promised'), where: t('money.promisedText'), amountVnd: money.promisedVnd },
    {
      ...{ key: 'unspent', kind: 'received', name: t('money.unspent'), amountVnd: money.unspentVnd },
      where: isOver ? t('money.unspentDone', { overflow }) : t('money.unspentText'),
    },
    { key: 'moved', kind: 'missing', name: t('money.moved'), where: moved, amountVnd: money.movedVnd },
    { key: 'refunded', kind: 'missing', name: t('money.refunded'), where: t('money.refundedText'), amountVnd: money.refundedVnd },
  ]
  const overdue = spends.filter(({ isOverdue }) => isOverdue)
  return (
    <section aria-labelledby="tien-di-dau">
      <h2 className="head2" id="tien-di-dau">
        {t('money.title')}
      </h2>
      <p>{t('money.lead', { amount: vnd(money.receivedVnd) })}</p>
      {overdue.map(({ key, title, dueOn, amountVnd }) => (
        <p key={key} className="late near2">
          <WithSums
            locale={locale}
            say={(sum) =>
              t.rich('money.overdue', {
                ...{ spend: title, amount: sum(`asked ${key}`, amountVnd), day: formatDay(dueOn) },
                a: (text) => <a href={localePath(locale, spendPath(key))}>{text}</a>,
              })
            }
          />
        </p>
      ))}
      <div className="near2">
        <FoldTable
          caption={t('money.title')}
          rows={rows.filter(({ amountVnd }) => amountVnd > 0n)}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'part',
              head: t('money.part'),
              isRowHead: true,
              room: 'grow',
              cell: ({ kind, name }) => (
                <>
                  <WeaveKey kind={kind} />
                  {name}
                </>
              ),
            },
            { key: 'where', head: t('money.where'), room: 'wide', cell: ({ where }) => where },
            { key: 'sum', head: t('amount'), isNumber: true, cell: ({ amountVnd }) => <b>{vnd(amountVnd)}</b> },
          ]}
          total={{ part: t('money.total'), sum: vnd(money.receivedVnd) }}
        />
      </div>
    </section>
  )
}
