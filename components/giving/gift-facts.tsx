import { Facts } from '@/components/ui/facts'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { sumGifts, type GiftView } from '@/lib/pledges/model'
import { dayOf } from '@/lib/time/day'
import { certificateFact } from './certificate-fact'
import { receiptFacts } from './receipt-facts'

/** Beside a gift: its campaign, whom it is for, who answers, and what of the donor is public. */
export function GiftFacts({ locale, gift }: { locale: Locale; gift: GiftView }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const { campaign, commune, receipt } = gift
  return (
    <Facts
      facts={[
        {
          key: 'campaign',
          term: t('gift.facts.campaign'),
          value: campaign ? (
            <a href={localePath(locale, `/chien-dich/${campaign.slug}`)}>{together(campaign.title)}</a>
          ) : (
            t('gift.office.generalPot')
          ),
        },
        ...(commune
          ? [
              {
                key: 'commune',
                term: t('gift.facts.commune'),
                value: <a href={localePath(locale, `/xa/${commune.slug}`)}>{commune.fullName}</a>,
              },
            ]
          : []),
        { key: 'fund', term: t('gift.facts.fund'), value: <a href={localePath(locale, `/quy/${gift.fund.slug}`)}>{gift.fund.name}</a> },
        ...(gift.method === 'card' && gift.gifts.every(({ via }) => via === 'card')
          ? [{ key: 'by', term: card('facts.how'), value: card('facts.value') }]
          : []),
        ...(receipt ? [{ key: 'receipt', term: t('gift.office.receipt'), value: receipt.number }] : []),
        { key: 'name', term: t('gift.facts.name'), value: gift.publicName },
        ...(gift.message === null ? [] : [{ key: 'message', term: t('gift.facts.message'), value: gift.message }]),
        ...(gift.isErased ? [{ key: 'erased', term: t('gift.facts.texts'), value: t('gift.facts.erased') }] : []),
        ...receiptFacts(
          locale,
          gift.code,
          gift.gifts.map(({ entry, receivedAt }) => ({ entry, day: dayOf(receivedAt) })),
        ),
        ...(gift.state === 'received' && sumGifts(gift.gifts.filter(({ line }) => line !== 'to_return')).standingVnd > 0n
          ? [certificateFact(locale, gift.code)]
          : []),
        ...(gift.state === 'cancelled'
          ? []
          : [{ key: 'how', term: t('gift.arrived.how'), value: <span className="small">{t('gift.arrived.howText')}</span> }]),
      ]}
    />
  )
}
