import type { ReactNode } from 'react'
import { TakeTable } from '@/components/exports/take-table'
import { CONTENT_ID } from '@/components/site/skip-link'
import { Mark } from '@/components/weave/motif'
import { consolePath, ROOMS, type RoomKey } from '@/lib/console/model'
import type { Fields, TableKey } from '@/lib/exports/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Staff, StaffFund } from '@/lib/staff/model'

interface Props {
  locale: Locale
  staff: Staff
  fund: StaffFund
  /** Vietnamese path of this page. */
  path: string
  /** The room this page is in; the start page is in none. */
  room?: RoomKey
  /** Rooms that are open to this person. */
  rooms: readonly RoomKey[]
  title: ReactNode
  /** Beside the title: links to parts of a list, counts. */
  beside?: ReactNode
  /** What was done just now. */
  notice?: ReactNode
  /** What was refused just now. */
  problem?: ReactNode
  /** Tables that this page shows a part of, with the fields that it is narrowed by: whoever may, takes them whole. */
  takes?: readonly { table: TableKey; fields?: Fields }[]
  children: ReactNode
}

/** What every page of a fund's console stands in: rooms, fund, search, language, who is signed in. */
export function ConsoleShell({ locale, staff, fund, path, room, rooms, title, beside, notice, problem, takes = [], children }: Props) {
  const t = translator(locale, 'console')
  return (
    <>
      <ConsoleHeader locale={locale} staff={staff} fund={fund} path={path} rooms={rooms} {...(room ? { room } : {})} />
      <main id={CONTENT_ID} tabIndex={-1}>
        <div className="wrap">
          <div className="bar">
            <h1>{title}</h1>
            {beside}
          </div>
          {notice && (
            <p className="done" role="status">
              {notice}
            </p>
          )}
          {problem && (
            <p className="refused" role="alert">
              {problem}
            </p>
          )}
          {children}
          {rooms.includes('exports') && takes.length > 0 && <Takes locale={locale} fund={fund} takes={takes} />}
        </div>
      </main>
      <footer className="wrap desk-foot">
        <p className="keys">{t('nav.searchHint')}</p>
        <a href={localePath(locale, `/quy/${fund.slug}`)}>{t('nav.site')}</a>
      </footer>
    </>
  )
}

function Takes({ locale, fund, takes }: Pick<Props, 'locale' | 'fund'> & { takes: NonNullable<Props['takes']> }) {
  const t = translator(locale, 'exports')
  const path = localePath(locale, consolePath(fund.slug, '/xuat'))
  return (
    <section className="takes" aria-label={t('here')}>
      {takes.map(({ table, fields = {} }) => (
        <div key={table}>
          <span className="quiet">{t(`tables.${table}`)}</span>
          <TakeTable locale={locale} path={path} table={table} fields={fields} />
        </div>
      ))}
    </section>
  )
}

function ConsoleHeader({ locale, staff, fund, path, room, rooms }: Pick<Props, 'locale' | 'staff' | 'fund' | 'path' | 'room' | 'rooms'>) {
  const t = translator(locale, 'console')
  const other = locale === 'vi' ? 'en' : 'vi'
  const here = (isHere: boolean) => (isHere ? { 'aria-current': 'page' as const } : {})
  return (
    <header className="desk-head">
      <div className="wrap top-row">
        <a
          className="brand"
          href={localePath(locale, consolePath(fund.slug))}
          {...here(room === undefined && path === consolePath(fund.slug))}
        >
          <Mark />
          {t('name')}
        </a>
        <nav className="who" aria-label={t('nav.funds')}>
          {staff.funds.map((one) => (
            <a
              key={one.id}
              href={localePath(locale, consolePath(one.slug))}
              {...(one.id === fund.id ? { 'aria-current': 'true' as const } : {})}
            >
              {one.place}
            </a>
          ))}
        </nav>
        <form className="find" role="search" action={localePath(locale, consolePath(fund.slug, '/tim'))}>
          <label className="vh" htmlFor="tim">
            {t('search.label')}
          </label>
          <input id="tim" type="search" name="q" placeholder={t('nav.search')} aria-keyshortcuts="/" maxLength={100} />
        </form>
        <div className="who">
          <a href={localePath(locale, '/quan-tri/toi')}>{staff.name}</a>
          <form method="post" action={localePath(locale, '/quan-tri/toi/ra')}>
            <button className="out" name="o" value="day">
              {t('me.out')}
            </button>
          </form>
          <a href={localePath(other, path)} lang={other} hrefLang={other}>
            {translator(locale, 'site')('otherLanguage')}
          </a>
        </div>
      </div>
      <nav className="rooms" aria-label={t('nav.label')}>
        <div className="wrap nav">
          {ROOMS.filter(({ key }) => rooms.includes(key)).map(({ key, path: within }) => (
            <a key={key} href={localePath(locale, consolePath(fund.slug, within))} {...here(key === room)}>
              {t(`rooms.${key}`)}
            </a>
          ))}
        </div>
      </nav>
    </header>
  )
}
