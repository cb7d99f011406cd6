import { Fragment, type ReactNode } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { isClass, type DayView, type LineView } from '@/lib/public-lines/model'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  lines: LineView[]
  days: DayView[]
  /** Lines from this place in the log on came after the link was cited; null where none was. */
  citedAt: bigint | null
}

/** Lines in their order; before the first of a day, what the day was closed with. The roles are written out, as tables that fold lose them. */
export function LinesTable({ locale, lines, days, citedAt }: Props) {
  const t = translator(locale, 'lines')
  const column = (name: string, className?: string) => (
    <th role="columnheader" scope="col" className={className}>
      {name}
    </th>
  )
  return (
    <table role="table" className="fold st">
      <caption className="vh">{t('table.caption')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {column(t('table.day'))}
          {column(t('table.code'))}
          {column(t('table.what'))}
          {column(t('table.where'))}
          {column(t('table.amount'), 'n')}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line, index) => (
          <Fragment key={String(line.id)}>
            {lines[index - 1]?.day !== line.day &&
              days.filter(({ day }) => day === line.day).map((day) => <ClosedDay key={day.account} locale={locale} day={day} />)}
            <Line locale={locale} line={line} isNew={citedAt !== null && line.id >= citedAt} />
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function ClosedDay({ locale, day: { day, account, openingVnd, closingVnd, inVnd, outVnd, lateLines } }: { locale: Locale; day: DayView }) {
  const t = translator(locale, 'lines')
  const so = (vnd: bigint) => <span className="so">{formatCount(vnd, locale)}</span>
  return (
    <tr role="row" className="close">
      <th role="rowheader" scope="rowgroup" className="wide" colSpan={5}>
        <b>{formatDay(day)}</b>, {account},{' '}
        {t.rich('table.closed', {
          opening: () => so(openingVnd),
          in: () => so(inVnd),
          out: () => so(outVnd),
          closing: () => <b>{so(closingVnd)}</b>,
        })}
        {lateLines > 0 && `, ${t('table.late', { count: lateLines })}`}
      </th>
    </tr>
  )
}

function Line({ locale, line, isNew }: { locale: Locale; line: LineView; isNew: boolean }) {
  const t = translator(locale, 'lines')
  const { id, day, direction, amountVnd, code, isStated, account, channel, fund } = line
  const path = (to: string) => localePath(locale, to)
  return (
    <tr role="row" id={`dong-${id}`}>
      <td role="cell" className="so">
        {formatDay(day)}
      </td>
      <td role="cell" className="so grow">
        {code !== null && <a href={path(`/theo-doi/${code}`)}>{code}</a>}
        {code === null && line.spend && (
          <a href={path(`/khoan-chi/${line.spend.number}`)}>{t('table.spend', { number: line.spend.number })}</a>
        )}
      </td>
      <td role="cell" className="wide desc">
        {what(locale, line)}
        {line.message !== null && <span className="sub">“{line.message}”</span>}
        <span className="sub">
          {channel === 'bank' ? account : `${t(`table.by.${channel}`)}, ${fund}`}
          {isStated === false && <> · {t('table.notStated')}</>} ·{' '}
          <a href={path(`/minh-bach?muc=${id}`)}>{t('table.leaf', { id: String(id) })}</a>
          {isNew && (
            <>
              {' · '}
              <b>{t('result.isNew')}</b>
            </>
          )}
        </span>
      </td>
      <td role="cell" className="desc2 quiet">
        {whereTo(locale, line)}
      </td>
      <td role="cell" className="n amt">
        <b className="so">
          {direction === 'in' ? '+' : '−'}
          {formatCount(amountVnd, locale)}
        </b>
      </td>
    </tr>
  )
}

function what(locale: Locale, { class: is, name, isErased, direction, spend }: LineView): ReactNode {
  const t = translator(locale, 'lines')
  if (spend && (is === 'spend' || is === 'supplier_refund')) return `${t(`classes.${is}`)}: ${spend.supplier}`
  if (direction === 'in' && (is === 'gift' || is === 'to_return')) return name ?? (isErased ? t('table.erased') : t('table.donor'))
  return isClass(is) ? t(`classes.${is}`) : is
}

function whereTo(locale: Locale, { campaign, pot, class: is, isReturned, spend, delivery }: LineView): ReactNode {
  const t = translator(locale, 'lines')
  if (is === 'to_return') return t(isReturned ? 'table.returned' : 'table.toReturn')
  const path = (to: string) => localePath(locale, to)
  if (campaign)
    return (
      <>
        <a href={path(`/chien-dich/${campaign.slug}`)}>{campaign.title}</a>
        {spend && (
          <span className="sub">
            {spend.title}
            {delivery !== null && (
              <>
                {', '}
                <a href={path(`/dot-trao/${delivery}`)}>{t('table.delivered')}</a>
              </>
            )}
          </span>
        )}
      </>
    )
  if (pot) return t(`table.pots.${pot}`)
  return is === 'unplaced' ? t('table.pots.unplaced') : null
}
