import { GiftStory } from '@/components/spending/gift-story'
import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { WeaveKey, WovenHead } from '@/components/weave/woven-bar'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatForeign, formatRate } from '@/lib/money/currency'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { sumGifts, type ArrivedGift, type GiftView } from '@/lib/pledges/model'
import type { GiftStory as Story } from '@/lib/spending/model'
import { formatMoment } from '@/lib/time/day'
import { GiftParts } from './gift-parts'

const LINE_TEXT = {
  campaign: 'gift.arrived.line',
  other: 'gift.arrived.otherLine',
  general: 'gift.arrived.generalLine',
  to_return: 'gift.arrived.toReturn',
} as const

/** The numbers of a gift's đồng on its line, from 0; null until they are laid. */
export function numbersOf(gift: ArrivedGift, locale: Locale): string | null {
  if (!gift.interval) return null
  const { startVnd, endVnd } = gift.interval
  return translator(locale, 'giving')('gift.arrived.numbers', { from: formatCount(startVnd, locale), to: formatCount(endVnd - 1n, locale) })
}

/** What arrived with a code, and where it lies on the line: the gift's own cloth, and the same as a table. */
export function GiftArrived({ locale, gift, story }: { locale: Locale; gift: GiftView; story: Story }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const { totalVnd, returnedVnd, heldVnd, standingVnd } = sumGifts(gift.gifts)
  const isToReturn = gift.gifts.every(({ line }) => line === 'to_return')
  const isWhole = returnedVnd + heldVnd === 0n
  const received = formatVnd(totalVnd, locale)
  const sumOf = (kind: Story['rest'][number]['kind']) =>
    story.rest.reduce((sum, part) => (part.kind === kind ? sum + part.amountVnd : sum), 0n)
  const deliveredVnd = story.deliveredVnd
  const spentVnd = story.spentVnd + sumOf('reserve')
  const wentBackVnd = sumOf('refunded')
  const isUsed = story.spends.length > 0 || sumOf('committed') > 0n || story.rest.some(({ movedTo }) => movedTo !== null)
  const restVnd = totalVnd - (isUsed ? wentBackVnd : returnedVnd) - deliveredVnd - spentVnd
  const ahead = story.rest.find(({ kind }) => kind === 'waiting')?.aheadVnd ?? null
  const spending = translator(locale, 'spending')
  const label = isUsed
    ? spending('story.bar', {
        ...{ total: received, delivered: formatVnd(deliveredVnd, locale) },
        ...{ spent: formatVnd(spentVnd, locale), rest: formatVnd(restVnd, locale), refunded: formatVnd(wentBackVnd, locale) },
      })
    : isWhole
      ? t(isToReturn ? 'gift.arrived.barReturn' : 'gift.arrived.bar', { received })
      : card('arrived.bar', {
          ...{ received, standing: formatVnd(standingVnd, locale) },
          ...{ held: formatVnd(heldVnd, locale), returned: formatVnd(returnedVnd, locale) },
        })
  return (
    <section className="sec near" aria-labelledby="duong-di">
      <h2 className="vh" id="duong-di">
        {t('gift.arrived.road')}
      </h2>
      <WovenHead
        seed={gift.seed}
        id="khoan"
        sums={{ goalVnd: totalVnd, deliveredVnd, spentVnd, receivedVnd: restVnd }}
        label={{ 'aria-label': label }}
      />
      {isUsed ? (
        <GiftStory locale={locale} story={story} totalVnd={totalVnd} />
      ) : isWhole ? (
        <p className="legend near3">
          <span>
            <WeaveKey kind="received" />
            {isToReturn
              ? t('gift.arrived.waitsReturn')
              : ahead === null
                ? t('gift.arrived.unspent')
                : ahead === 0n
                  ? spending('story.first')
                  : gift.campaign === null
                    ? t('gift.office.ahead', { ahead: formatVnd(ahead, locale) })
                    : spending('story.waiting', { ahead: formatVnd(ahead, locale) })}
          </span>
        </p>
      ) : (
        <GiftParts locale={locale} sums={{ totalVnd, returnedVnd, heldVnd, standingVnd }} isToReturn={isToReturn} />
      )}
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
              cell: ({ receivedAt, via }) => (
                <>
                  <time dateTime={receivedAt.toISOString()}>{formatMoment(receivedAt)}</time>
                  {via === 'card' && <span className="sub">{card('arrived.by')}</span>}
                  {via === 'cash' && <span className="sub">{t('gift.office.inCash')}</span>}
                </>
              ),
            },
            { key: 'where', head: t('gift.arrived.where'), room: 'wide', cell: (one) => <Where locale={locale} gift={one} /> },
            {
              key: 'sum',
              head: t('gift.arrived.sum'),
              isNumber: true,
              cell: ({ amountVnd: vnd }) => (
                <b>
                  <LoggedSum of="+ received" vnd={vnd} locale={locale} />
                </b>
              ),
            },
          ]}
          {...(gift.gifts.length > 1
            ? { total: { when: t('gift.arrived.total'), sum: <LoggedSum of="received" vnd={totalVnd} locale={locale} /> } }
            : {})}
        />
        {gift.gifts.some(({ via }) => via === 'bank') && (
          <p className="small quiet near3">
            {t(gift.gifts.every(({ isStated }) => isStated) ? 'gift.arrived.stated' : 'gift.arrived.statement')}
          </p>
        )}
        {gift.gifts.some(({ via }) => via === 'cash') && <p className="small quiet near3">{t('gift.office.statement')}</p>}
        {gift.gifts.some(({ via }) => via === 'card') && <p className="small quiet near3">{card('arrived.statement')}</p>}
      </div>
    </section>
  )
}

/** Where a gift lies, what its card was charged, and what of it went back or waits. */
function Where({ locale, gift }: { locale: Locale; gift: ArrivedGift }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const { amountVnd, returnedVnd, heldVnd, charged } = gift
  return (
    <>
      {returnedVnd === amountVnd ? card('arrived.returnedPart') : t(LINE_TEXT[gift.line])}
      <span className="sub">{numbersOf(gift, locale) ?? t('gift.arrived.numbering')}</span>
      {charged && (
        <span className="sub">
          {card('arrived.charged', {
            charged: formatForeign(charged.amountMinor, charged.currency, locale),
            rate: formatRate(charged.rate, charged.currency, locale),
          })}
        </span>
      )}
      {returnedVnd > 0n && returnedVnd < amountVnd && (
        <span className="sub">{card('arrived.wentBack', { amount: formatVnd(returnedVnd, locale) })}</span>
      )}
      {heldVnd > 0n && <span className="sub">{card('arrived.isHeld', { amount: formatVnd(heldVnd, locale) })}</span>}
    </>
  )
}
