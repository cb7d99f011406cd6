import type { ReactNode } from 'react'
import { Crumbs } from '@/components/site/crumbs'
import { Facts } from '@/components/ui/facts'
import type { FormerCommuneView } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'

/** The page of a commune that ended on 30 June 2025: what it became, and what the plan says of it. */
export function CommuneFormer({ locale, commune }: { locale: Locale; commune: FormerCommuneView }) {
  const t = translator(locale, 'communes')
  const [only, ...others] = commune.successors
  const link = (slug: string, text: ReactNode) => <a href={localePath(locale, `/xa/${slug}`)}>{text}</a>
  return (
    <>
      <Crumbs locale={locale} steps={[{ href: localePath(locale, '/xa'), name: t('crumb') }]} />
      <div className="title">
        <p className="quiet">{t('formerPage.kicker', { day: formatDay(commune.validTo) })}</p>
        <h1>{together(commune.fullName)}</h1>
        <p className="lead">
          {only && others.length === 0
            ? t.rich('formerPage.one', {
                name: inSentence(commune.fullName, locale),
                successor: inSentence(only.fullName, locale),
                a: (text) => link(only.slug, text),
              })
            : t('formerPage.split', { name: inSentence(commune.fullName, locale), count: commune.successors.length })}
        </p>
      </div>
      <div className="two two-early sec near">
        <section aria-labelledby="nay">
          <h2 className="head2" id="nay">
            {t('formerPage.successors')}
          </h2>
          <ul className="facts">
            {commune.successors.map(({ slug, fullName, clause, isPartial }) => (
              <li key={slug}>
                <b>{link(slug, fullName)}</b>
                <span className="sub">
                  {isPartial ? t('formerPage.part') : t('formerPage.whole')}: <span lang="vi">{clause}</span>
                </span>
              </li>
            ))}
          </ul>
          <p className="small quiet near2">{t('formerPage.needs')}</p>
        </section>
        <aside>
          <Facts
            facts={[
              {
                key: 'where',
                term: t('formerPage.where'),
                value:
                  commune.district === null
                    ? commune.province
                    : t('formerPage.place', { district: commune.district, province: commune.province }),
              },
              { key: 'class', term: t('formerPage.areaClass'), value: commune.areaClass ?? t('page.classUnknown') },
              { key: 'plan', term: t('formerPage.priority'), value: commune.isPriority ? t('formerPage.first') : t('formerPage.inPlan') },
              {
                key: 'code',
                term: t('formerPage.code'),
                value: (
                  <>
                    <span className="so">{commune.code}</span>
                    <span className="sub">{t('formerPage.codeNote')}</span>
                  </>
                ),
              },
            ]}
          />
        </aside>
      </div>
    </>
  )
}
