import { certificateFact } from '@/components/giving/certificate-fact'
import { receiptFacts } from '@/components/giving/receipt-facts'
import { Facts } from '@/components/ui/facts'
import type { GoodsGift } from '@/lib/goods/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'

/** Beside a promise of goods: its campaign, whom it is for, who answers, and what of the giver is public. */
export function GoodsFacts({ locale, gift }: { locale: Locale; gift: GoodsGift }) {
  const t = translator(locale, 'goods')
  const said = translator(locale, 'giving')
  return (
    <Facts
      facts={[
        {
          key: 'campaign',
          term: said('gift.facts.campaign'),
          value: <a href={localePath(locale, `/chien-dich/${gift.campaign.slug}`)}>{together(gift.campaign.title)}</a>,
        },
        {
          key: 'commune',
          term: said('gift.facts.commune'),
          value: <a href={localePath(locale, `/xa/${gift.commune.slug}`)}>{gift.commune.fullName}</a>,
        },
        { key: 'fund', term: said('gift.facts.fund'), value: <a href={localePath(locale, `/quy/${gift.fund.slug}`)}>{gift.fund.name}</a> },
        { key: 'nature', term: t('gift.facts.nature'), value: t(gift.nature === 'goods' ? 'form.goods' : 'form.service') },
        { key: 'name', term: said('gift.facts.name'), value: gift.publicName },
        ...(gift.message === null ? [] : [{ key: 'message', term: said('gift.facts.message'), value: gift.message }]),
        ...(gift.isErased ? [{ key: 'erased', term: said('gift.facts.texts'), value: said('gift.facts.erased') }] : []),
        ...receiptFacts(
          locale,
          gift.code,
          gift.visits.flatMap(({ receivedOn, goods }) => goods.map(({ entry }) => ({ entry, day: receivedOn }))),
        ),
        ...(gift.visits.length > 0 ? [certificateFact(locale, gift.code)] : []),
        { key: 'how', term: t('gift.facts.how'), value: <span className="small">{t('gift.facts.howText')}</span> },
      ]}
    />
  )
}
