import { PaperTable } from '@/components/evidence/paper-table'
import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { Timeline } from '@/components/ui/timeline'
import type { PaperView } from '@/lib/evidence/model'
import type { GoodsGift, ReceivedGoods } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  gift: GoodsGift
}

/** What was promised and what came, item by item. */
export function GoodsLines({ locale, gift }: Props) {
  const t = translator(locale, 'goods')
  return (
    <section aria-labelledby="hua-gi">
      <h2 className="head2" id="hua-gi">
        {t('gift.lines.title')}
      </h2>
      <FoldTable
        isCells
        caption={t('gift.lines.caption')}
        rows={gift.lines}
        rowKey={({ position }) => String(position)}
        columns={[
          {
            key: 'item',
            head: t('gift.lines.item'),
            room: 'wide',
            isRowHead: true,
            cell: ({ item, standard }) => (
              <>
                {item}
                <span className="sub">{standard}</span>
              </>
            ),
          },
          {
            key: 'promised',
            head: t('gift.lines.promised'),
            isNumber: true,
            fold: t('gift.lines.foldPromised'),
            cell: ({ promised, unit }) => `${formatCount(promised, locale)} ${unit}`,
          },
          {
            key: 'received',
            head: t('gift.lines.received'),
            isNumber: true,
            fold: t('gift.lines.foldReceived'),
            cell: ({ received, unit }) => <b>{`${formatCount(received, locale)} ${unit}`}</b>,
          },
        ]}
      />
    </section>
  )
}

/** How what was promised is brought. No address is told: giver and fund agree on the place. */
export function GoodsNext({ locale, gift }: Props) {
  const t = translator(locale, 'goods')
  const isService = gift.nature === 'service'
  return (
    <section className="sec" aria-labelledby="viec-tiep">
      <h2 className="head2" id="viec-tiep">
        {t('gift.next.title')}
      </h2>
      <ol className="rules">
        <li>{t(isService ? 'gift.next.meetService' : 'gift.next.meet', { fund: gift.fund.name })}</li>
        <li>{t(isService ? 'gift.next.handService' : 'gift.next.hand', { code: gift.code })}</li>
        <li>{t('gift.next.see')}</li>
      </ol>
    </section>
  )
}

/** The numbers of what came among its like, from 0; that they are being given, until they are. */
function numbersOf({ interval }: ReceivedGoods, locale: Locale): string {
  const t = translator(locale, 'goods')
  if (!interval) return t('gift.steps.numbering')
  const from = formatCount(interval.startUnit, locale)
  const last = interval.endUnit - 1n
  return last === interval.startUnit ? t('gift.steps.one', { from }) : t('gift.steps.numbers', { from, to: formatCount(last, locale) })
}

/** What happened, newest first, and what is to come. */
export function GoodsSteps({ locale, gift }: Props) {
  const t = translator(locale, 'goods')
  const came = gift.visits.map(({ key, receivedOn, documentReference, recordedAt, goods }) => ({
    ...{ key, at: recordedAt },
    when: (
      <>
        <time dateTime={receivedOn}>{formatDay(receivedOn)}</time>
        {documentReference !== null && `. ${t('gift.steps.document', { number: documentReference })}`}
      </>
    ),
    what: goods.map((one) => (
      <div key={one.key}>
        <p>{t('gift.steps.received', { units: formatCount(one.units, locale), unit: one.unit, item: one.item })}</p>
        <p className="small quiet">
          {one.condition !== null && `${t(`gift.steps.condition.${one.condition}`)} `}
          {numbersOf(one, locale)}
        </p>
      </div>
    )),
  }))
  const takenBack = gift.takenBack.map(({ key, takenBackAt, receivedOn, units, unit, item, reason }) => ({
    ...{ key: `back-${key}`, at: takenBackAt, when: formatMoment(takenBackAt) },
    what: (
      <p>
        {t('gift.steps.takenBack', {
          ...{ day: formatDay(receivedOn), units: formatCount(units, locale), unit, item, reason: t(`reversals.${reason}`) },
        })}
      </p>
    ),
  }))
  const toCome = { key: 'next', kind: 'to-come' as const, when: t('gift.steps.toCome'), what: <p>{t('gift.steps.handing')}</p> }
  return (
    <section className="sec" aria-labelledby="tung-buoc">
      <h2 className="head2" id="tung-buoc">
        {t('gift.steps.title')}
      </h2>
      <Timeline
        knots={[
          ...(came.length > 0 && gift.nature === 'goods' ? [toCome] : []),
          ...[...came, ...takenBack].toSorted((a, b) => b.at.getTime() - a.at.getTime()),
          { key: 'created', when: formatMoment(gift.createdAt), what: <p>{t('gift.steps.promised', { code: gift.code })}</p> },
        ]}
      />
    </section>
  )
}

/** What was signed when the goods came, and what vouches for their quality. Nothing where there is none. */
export function GoodsPapers({ locale, papers }: { locale: Locale; papers: PaperView[] }) {
  if (papers.length === 0) return null
  return (
    <section className="sec" aria-labelledby="giay-to">
      <h2 className="head2" id="giay-to">
        {translator(locale, 'evidence')('papers')}
      </h2>
      <PaperTable locale={locale} papers={papers} />
    </section>
  )
}

/** Money that came with the code of goods: another gift of the same donor. */
export function MoneyBeside({ locale, gift }: Props) {
  const t = translator(locale, 'goods')
  return (
    <section className="sec" aria-labelledby="tien-den">
      <h2 className="head2" id="tien-den">
        {t('gift.money.title')}
      </h2>
      <p>{t('gift.money.note')}</p>
      <div className="near2">
        <FoldTable
          caption={t('gift.money.caption')}
          rows={gift.money}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'when',
              head: t('gift.money.when'),
              isRowHead: true,
              room: 'grow',
              cell: ({ receivedAt }) => <time dateTime={receivedAt.toISOString()}>{formatMoment(receivedAt)}</time>,
            },
            {
              key: 'sum',
              head: t('gift.money.sum'),
              isNumber: true,
              cell: ({ amountVnd }) => (
                <b>
                  <Money vnd={amountVnd} locale={locale} />
                </b>
              ),
            },
          ]}
        />
      </div>
    </section>
  )
}
