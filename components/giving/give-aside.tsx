import { Facts } from '@/components/ui/facts'
import type { CardOffer } from '@/lib/cards/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { GiveView } from '@/lib/pledges/model'
import { formatDay } from '@/lib/time/day'
import { ByMethod } from './by-method'

/** Beside the form: what is missing, whose money it becomes, and what happens next. */
export function GiveAside({ locale, give, cards }: { locale: Locale; give: GiveView; cards: CardOffer }) {
  const t = translator(locale, 'giving')
  const next = { transfer: t('form.nextText'), card: translator(locale, 'card')('form.next') }
  return (
    <aside aria-label={t('form.aside')}>
      <Facts
        facts={[
          {
            key: 'campaign',
            term: give.categoryName,
            value: <a href={localePath(locale, `/chien-dich/${give.slug}`)}>{together(give.title)}</a>,
          },
          {
            key: 'missing',
            term: t('form.missing', { day: formatDay(give.neededBy) }),
            value: formatVnd(give.missingVnd, locale),
            isBig: true,
          },
          {
            key: 'place',
            term: t('form.place'),
            value: (
              <a href={localePath(locale, `/xa/${give.commune.slug}`)}>
                {t('form.children', { children: formatCount(give.children, locale), commune: inSentence(give.commune.fullName, locale) })}
              </a>
            ),
          },
          { key: 'fund', term: t('form.to'), value: <a href={localePath(locale, `/quy/${give.fund.slug}`)}>{give.fund.name}</a> },
          {
            key: 'next',
            term: t('form.next'),
            value: (
              <span className="small">
                <ByMethod cards={cards} {...next} either={null} />
              </span>
            ),
          },
          { key: 'overflow', term: t('form.overflow'), value: <span className="small">{give.overflow}</span> },
        ]}
      />
    </aside>
  )
}
