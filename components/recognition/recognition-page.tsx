import { PageShell } from '@/components/site/page-shell'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { RecognitionView, Stretch } from '@/lib/recognition/model'
import { recognitionPath, type PlaceOption, type RecognitionFilter, type RecognitionList } from '@/lib/recognition/schema'
import { GiverList } from './giver-list'
import { GoodsList } from './goods-list'
import { RecognitionForm } from './recognition-form'

interface Props {
  locale: Locale
  filter: RecognitionFilter
  places: PlaceOption[]
  found: RecognitionView
}

/** Everybody who is thanked: sums that add up to the books, then organisations, persons, and what came in kind. */
export function RecognitionPage({ locale, filter, places, found }: Props) {
  const t = translator(locale, 'recognition')
  const address = (next: Partial<RecognitionFilter>) => localePath(locale, recognitionPath({ ...filter, after: null, ...next }))
  const isFiltered = filter.year !== null || filter.place !== null || filter.name !== ''
  const isNobody = filter.name !== '' && [found.companies, found.persons, found.goods].every((list) => (list?.rows.length ?? 0) === 0)
  // Of a name that is looked for, only the lists that have it are shown.
  const having = <Row,>(list: Stretch<Row> | null) => (filter.name !== '' && list?.rows.length === 0 ? null : list)
  const [companies, persons, goods] = [having(found.companies), having(found.persons), having(found.goods)]
  return (
    <PageShell locale={locale} path={recognitionPath(filter)} here="thanks">
      <div className="title">
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
      </div>
      <Sums locale={locale} found={found} />
      <RecognitionForm locale={locale} filter={filter} years={found.years} places={places} />
      {(isFiltered || filter.list !== null) && (
        <p className="small near3">
          <a href={localePath(locale, '/ghi-nhan')}>{filter.list === null ? t('filter.clear') : t('list.overview')}</a>
        </p>
      )}
      {isNobody && (
        <p className="near" role="status">
          {t('list.notFound')} {t.rich('list.notFoundWay', { a: (text) => <a href={localePath(locale, '/tra-cuu')}>{text}</a> })}
        </p>
      )}
      {companies && (
        <List locale={locale} filter={filter} list="company" stretch={companies} address={address}>
          <GiverList locale={locale} kind="company" rows={companies.rows} tiers={found.tiers.company} />
        </List>
      )}
      {persons && (
        <List locale={locale} filter={filter} list="person" stretch={persons} address={address}>
          <GiverList locale={locale} kind="person" rows={persons.rows} tiers={found.tiers.person} />
        </List>
      )}
      {filter.name === '' && found.sums.nameless.gifts > 0 && filter.list !== 'goods' && (
        <p className="lead near">
          {t('list.kind', { count: found.sums.nameless.gifts, amount: formatVnd(found.sums.nameless.amountVnd, locale) })}
        </p>
      )}
      {goods && (
        <List locale={locale} filter={filter} list="goods" stretch={goods} address={address}>
          <GoodsList locale={locale} rows={goods.rows} />
        </List>
      )}
      <p className="small quiet near">{t('list.sameName')}</p>
    </PageShell>
  )
}

function Sums({ locale, found }: { locale: Locale; found: RecognitionView }) {
  const t = translator(locale, 'recognition')
  const { company, person, nameless } = found.sums
  const all = { amountVnd: company.amountVnd + person.amountVnd + nameless.amountVnd, gifts: company.gifts + person.gifts + nameless.gifts }
  return (
    <section className="near" aria-label={t('sums.all')}>
      <dl className="sums">
        {Object.entries({ company, person, nameless, all }).map(([kind, { amountVnd, gifts }]) => (
          <div key={kind}>
            <dt>
              {kind === 'company' || kind === 'person' || kind === 'nameless' ? t(`sums.${kind}`) : t('sums.all')}
              {', '}
              {t('sums.gifts', { count: gifts })}
            </dt>
            <dd>{formatVnd(amountVnd, locale)}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet near3">{t('sums.note')}</p>
    </section>
  )
}

interface ListProps {
  locale: Locale
  filter: RecognitionFilter
  list: RecognitionList
  stretch: Stretch<unknown>
  address: (next: Partial<RecognitionFilter>) => string
  children: React.ReactNode
}

/** One list with its heading, and the way to the rest of it. */
function List({ locale, filter, list, stretch, address, children }: ListProps) {
  const t = translator(locale, 'recognition')
  const id = `danh-sach-${list}`
  return (
    <section className="sec" aria-labelledby={id}>
      <h2 className="head2" id={id}>
        {t(`list.${list}`)}
      </h2>
      {stretch.rows.length > 0 ? children : <p>{t('list.nobody')}</p>}
      {(stretch.next !== null || filter.after !== null) && (
        <nav className="pager" aria-label={t(`list.${list}`)}>
          {filter.after !== null && <a href={address({ list })}>{t('list.first')}</a>}
          {stretch.next !== null && (
            <a
              href={address(filter.list === null ? { list } : { list, after: stretch.next })}
              rel={filter.list === null ? undefined : 'next'}
            >
              {filter.list === null ? t(`list.all.${list}`) : t('list.next')}
            </a>
          )}
        </nav>
      )}
    </section>
  )
}
