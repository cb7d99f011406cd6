import { FoldTable } from '@/components/ui/fold-table'
import { Timeline } from '@/components/ui/timeline'
import { WeaveKey, WovenHead } from '@/components/weave/woven-bar'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { ArrivedGift, GiftView } from '@/lib/pledges/model'
import { formatMoment } from '@/lib/time/day'
import { pledgedText } from './pledged-text'

const LINE_TEXT = { campaign: 'gift.arrived.line', other: 'gift.arrived.otherLine', to_return: 'gift.arrived.toReturn' } as const

/** All that came with a code lies there. */
const allOn = (line: ArrivedGift['line'], { gifts }: GiftView): boolean => gifts.every((gift) => gift.line === line)

/** The numbers of a gift's đồng on its line, from 0; null until they are laid. */
function numbersOf(gift: ArrivedGift, locale: Locale): string | null {
  if (!gift.interval) return null
  const { startVnd, endVnd } = gift.interval
  return translator(locale, 'giving')('gift.arrived.numbers', { from: formatCount(startVnd, locale), to: formatCount(endVnd - 1n, locale) })
}

/** What arrived with a code, and where it lies on the line: the gift's own cloth, and the same as a table. */
export function GiftArrived({ locale, gift }: { locale: Locale; gift: GiftView }) {
  const t = translator(locale, 'giving')
  const total = gift.gifts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)
  const isReturned = allOn('to_return', gift)
  return (
    <section className="sec near" aria-labelledby="duong-di">
      <h2 className="vh" id="duong-di">
        {t('gift.arrived.road')}
      </h2>
      <WovenHead
        seed={gift.commune.seed}
        id="khoan"
        sums={{ goalVnd: total, receivedVnd: total }}
        label={t(isReturned ? 'gift.arrived.barReturn' : 'gift.arrived.bar', { received: formatVnd(total, locale) })}
      />
      <p className="legend near3">
        <span>
          <WeaveKey kind="received" />
          {t(isReturned ? 'gift.arrived.waitsReturn' : 'gift.arrived.unspent')}
        </span>
      </p>
      <div className="near2">
        <FoldTable
          caption={t('gift.arrived.table')}
          rows={gift.gifts.map((one, index) => ({ ...one, key: String(index) }))}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'when',
              head: t('gift.arrived.when'),
              isRowHead: true,
              room: 'grow',
              cell: ({ receivedAt }) => <time dateTime={receivedAt.toISOString()}>{formatMoment(receivedAt)}</time>,
            },
            {
              key: 'where',
              head: t('gift.arrived.where'),
              room: 'wide',
              cell: (one) => (
                <>
                  {t(LINE_TEXT[one.line])}
                  <span className="sub">{numbersOf(one, locale) ?? t('gift.arrived.numbering')}</span>
                </>
              ),
            },
            { key: 'sum', head: t('gift.arrived.sum'), isNumber: true, cell: ({ amountVnd }) => <b>{formatVnd(amountVnd, locale)}</b> },
          ]}
          {...(gift.gifts.length > 1 ? { total: { when: t('gift.arrived.total'), sum: formatVnd(total, locale) } } : {})}
        />
        <p className="small quiet near3">{t('gift.arrived.statement')}</p>
      </div>
    </section>
  )
}

/** The steps of a gift that arrived, newest first, and the one to come. */
export function GiftSteps({ locale, gift }: { locale: Locale; gift: GiftView }) {
  const t = translator(locale, 'giving')
  const arrivals = gift.gifts.toReversed().map((one, index) => {
    const numbers = numbersOf(one, locale)
    return {
      key: `received-${index}`,
      when: formatMoment(one.receivedAt),
      what: (
        <p>
          {t('gift.arrived.step.received', { amount: formatVnd(one.amountVnd, locale), code: gift.code })}
          {one.line === 'campaign' && numbers !== null && ` ${t('gift.arrived.step.placed', { numbers })}`}
        </p>
      ),
    }
  })
  const next = allOn('to_return', gift)
    ? t('gift.arrived.nextReturn')
    : t(allOn('other', gift) ? 'gift.arrived.nextOther' : 'gift.arrived.step.next')
  return (
    <section aria-labelledby="tung-buoc">
      <h2 className="head2" id="tung-buoc">
        {t('gift.arrived.steps')}
      </h2>
      <Timeline
        knots={[
          { key: 'next', kind: 'to-come', when: t('gift.arrived.nextWhen'), what: <p>{next}</p> },
          ...arrivals,
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
