import type { GoodsGift } from '@/lib/goods/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatDay, formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  gift: GoodsGift
  /** Its emergency appeal has ended, so nothing more is taken. */
  isOver: boolean
  now: Date
}

/** Where a promise of goods stands, in the first lines of its page. */
export function GoodsLead({ locale, gift, isOver, now }: Props) {
  const t = translator(locale, 'goods')
  const { state, nature, campaign, refusal, takenBack } = gift
  const category = campaign.categoryName.charAt(0).toLowerCase() + campaign.categoryName.slice(1)
  const place = { category, commune: inSentence(gift.commune.fullName, locale) }
  if (state === 'cancelled' || state === 'refused') {
    const ended = state === 'refused' ? 'refused' : takenBack.length > 0 ? 'takenBack' : 'cancelled'
    return (
      <>
        <p className="lead">{t(`gift.${ended}.lead`)}</p>
        <p className="near2">
          {refusal === null ? t(`gift.${takenBack.length > 0 ? 'takenBack' : 'cancelled'}.note`) : t(`gift.refused.reasons.${refusal}`)}
        </p>
        {campaign.state === 'open' && (
          <p className="near2">
            <a className="act act-3" href={localePath(locale, `/ung-ho/${campaign.slug}`)}>
              {t('gift.again')}
            </a>
          </p>
        )}
      </>
    )
  }
  if (state === 'received') return <Received locale={locale} gift={gift} place={place} isOver={isOver} now={now} />
  const over = isOver && <p className="near2">{t('gift.over', { day: formatDay(campaign.neededBy) })}</p>
  if (state === 'expired') {
    return (
      <>
        <p className="lead">{t('gift.expired.lead', { moment: formatMoment(gift.expiresAt) })}</p>
        {over || <p className="near2">{t('gift.expired.note')}</p>}
      </>
    )
  }
  return (
    <>
      <p className="lead">{t(nature === 'goods' ? 'gift.open.goods' : 'gift.open.service', place)}</p>
      {over || (
        <p className="near2">
          {campaign.isEmergency
            ? t('gift.open.untilEmergency', { day: formatDay(campaign.neededBy) })
            : t('gift.open.until', { moment: formatMoment(gift.expiresAt) })}
        </p>
      )}
    </>
  )
}

function Received({ locale, gift, place, isOver, now }: Props & { place: { category: string; commune: string } }) {
  const t = translator(locale, 'goods')
  const { lines, visits, nature, refusal, expiresAt } = gift
  const days = visits.map(({ receivedOn }) => receivedOn).toSorted()
  const when = t(new Set(days).size > 1 ? 'gift.received.lastOn' : 'gift.received.on', { day: formatDay(days.at(-1) ?? '') })
  const isWhole = lines.every(({ promised, received }) => received >= promised)
  return (
    <>
      <p className="lead">
        {isWhole
          ? t(nature === 'goods' ? 'gift.received.goods' : 'gift.received.service', { ...place, when })
          : t('gift.received.part', { ...place, when })}
      </p>
      {!isWhole && (
        <p className="near2">
          {refusal !== null
            ? `${t('gift.refused.rest')} ${t(`gift.refused.reasons.${refusal}`)}`
            : isOver
              ? t('gift.over', { day: formatDay(gift.campaign.neededBy) })
              : expiresAt > now
                ? t('gift.received.rest', { moment: formatMoment(expiresAt) })
                : t('gift.received.restLate')}
        </p>
      )}
    </>
  )
}
