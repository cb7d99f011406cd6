import { Facts } from '@/components/ui/facts'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { GiveView } from '@/lib/pledges/model'
import { formatDay } from '@/lib/time/day'

/** Beside the form: the campaign, who receives it, what happens next, and that goods are no money. */
export function GoodsAside({ locale, give }: { locale: Locale; give: GiveView }) {
  const t = translator(locale, 'goods')
  const said = translator(locale, 'giving')
  return (
    <aside aria-label={t('form.aside')}>
      <Facts
        facts={[
          {
            key: 'campaign',
            term: give.categoryName,
            value: <a href={localePath(locale, `/chien-dich/${give.slug}`)}>{together(give.title)}</a>,
          },
          { key: 'by', term: t('form.neededBy'), value: <time dateTime={give.neededBy}>{formatDay(give.neededBy)}</time> },
          {
            key: 'place',
            term: t('form.place'),
            value: (
              <a href={localePath(locale, `/xa/${give.commune.slug}`)}>
                {said('form.children', {
                  children: formatCount(give.children, locale),
                  commune: inSentence(give.commune.fullName, locale),
                })}
              </a>
            ),
          },
          { key: 'fund', term: t('form.fund'), value: <a href={localePath(locale, `/quy/${give.fund.slug}`)}>{give.fund.name}</a> },
          { key: 'next', term: t('form.next'), value: <span className="small">{t('form.nextText')}</span> },
          { key: 'standard', term: t('form.standard'), value: <span className="small">{t('form.standardText')}</span> },
          { key: 'apart', term: t('form.apart'), value: <span className="small">{t('form.apartText')}</span> },
          {
            key: 'money',
            term: said('form.title'),
            isTermHidden: true,
            value: <a href={localePath(locale, `/ung-ho/${give.slug}`)}>{t('form.money')}</a>,
          },
        ]}
      />
    </aside>
  )
}
