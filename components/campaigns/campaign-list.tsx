import { WithSums } from '@/components/ui/logged-sum'
import { Motif } from '@/components/weave/motif'
import type { CampaignItem } from '@/lib/campaigns/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { CampaignBar } from './campaign-bar'

/** Campaigns as a ruled list: what, where, how far, and the way to give. */
export function CampaignList({ items, locale }: { items: CampaignItem[]; locale: Locale }) {
  return (
    <ul className="list">
      {items.map((item) => (
        <li key={item.slug}>
          <CampaignRow item={item} locale={locale} />
        </li>
      ))}
    </ul>
  )
}

function CampaignRow({ item, locale }: { item: CampaignItem; locale: Locale }) {
  const t = translator(locale, 'campaigns')
  const page = localePath(locale, `/chien-dich/${item.slug}`)
  return (
    <>
      <Motif category={item.category.key} />
      <div>
        <h3>
          <a href={page}>{together(item.title)}</a>
        </h3>
        <p className="small quiet">
          {t('item.where', { category: item.category.name, commune: inSentence(item.commune.fullName, locale) })} {together(item.summary)}
        </p>
      </div>
      <div className="run">
        <CampaignBar campaign={item} locale={locale} />
        <div className="row small">
          {item.takesGifts && item.missingVnd > 0n ? (
            <span>
              <WithSums
                locale={locale}
                say={(sum) =>
                  t.rich('item.missing', {
                    amount: sum(`needed ${item.slug}`, item.missingVnd),
                    day: formatDay(item.neededBy),
                    b: (text) => <b className="so">{text}</b>,
                    s: (text) => <span className="nw">{text}</span>,
                  })
                }
              />
            </span>
          ) : (
            <span>{t(item.takesGifts ? 'item.funded' : `item.${item.state}`)}</span>
          )}
          {item.takesGifts ? (
            <a className="give" href={localePath(locale, `/ung-ho/${item.slug}`)} aria-label={t('item.giveLabel', { title: item.title })}>
              {t('item.give')}
            </a>
          ) : (
            <a href={page} aria-label={t('item.seeLabel', { title: item.title })}>
              {t('item.see')}
            </a>
          )}
        </div>
      </div>
    </>
  )
}
