import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { PART_WORDS, SPEND_PARTS, type SpendDeskRow, type SpendPart } from '@/lib/spend-desk/model'
import { formatDay, type Day } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  rows: SpendDeskRow[]
  names: ReadonlyMap<string, string>
  today: Day
}

export const STATE_TAGS = {
  requested: 'maybe',
  approved: 'maybe',
  paid: 'maybe',
  settled: 'sure',
  rejected: 'none',
  cancelled: 'none',
} as const

/** Links to the parts of the list, the one that is shown marked. */
export function SpendParts({ locale, fundSlug, part }: { locale: Locale; fundSlug: string; part: SpendPart }) {
  const t = translator(locale, 'spend-desk')
  const path = localePath(locale, consolePath(fundSlug, '/chi'))
  return (
    <nav className="parts" aria-label={t('title')}>
      {SPEND_PARTS.map((one) => (
        <a
          key={one}
          href={one === 'waiting' ? path : `${path}?phan=${PART_WORDS[one]}`}
          {...(one === part ? { 'aria-current': 'page' } : {})}
        >
          {t(`parts.${one}`)}
        </a>
      ))}
    </nav>
  )
}

/** Spends of a fund, one a row. */
export function SpendList({ locale, fundSlug, rows, names, today }: Props) {
  const t = translator(locale, 'spend-desk')
  if (rows.length === 0) return <p className="lead-line">{t('none')}</p>
  const isLate = ({ state, dueOn }: SpendDeskRow) => (state === 'approved' || state === 'paid') && dueOn < today
  return (
    <FoldTable
      caption={t('title')}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'spend',
          head: t('columns.spend'),
          isRowHead: true,
          room: 'wide',
          cell: ({ key, title, supplier, requestedBy, requestedOn, out }) => (
            <>
              <a href={localePath(locale, consolePath(fundSlug, `/chi/${key}`))}>
                {key}. {title}
              </a>
              <span className="sub">
                {supplier} · {t('askedBy', { name: names.get(requestedBy) ?? requestedBy, day: formatDay(requestedOn) })}
              </span>
              {out && (
                <span className="sub">
                  {t('outBy', { amount: formatVnd(out.vnd, locale), day: formatDay(out.dueOn) })}
                  {out.dueOn < today && (
                    <>
                      {' '}
                      <b className="late">{t('late')}</b>
                    </>
                  )}
                </span>
              )}
            </>
          ),
        },
        { key: 'campaign', head: t('columns.campaign'), room: 'grow', cell: ({ campaign }) => campaign.title },
        { key: 'amount', head: t('columns.amount'), isNumber: true, cell: ({ amountVnd }) => <Money vnd={amountVnd} locale={locale} /> },
        {
          key: 'paid',
          head: t('columns.paid'),
          isNumber: true,
          fold: t('columns.paid'),
          cell: ({ paidVnd }) => <Money vnd={paidVnd} locale={locale} />,
        },
        {
          key: 'due',
          head: t('columns.due'),
          fold: t('columns.due'),
          cell: (row) => (
            <>
              {formatDay(row.dueOn)} {isLate(row) && <b className="late">{t('late')}</b>}
            </>
          ),
        },
        {
          key: 'state',
          head: t('columns.state'),
          cell: ({ state }) => <span className={`tag ${STATE_TAGS[state]}`}>{t(`states.${state}`)}</span>,
        },
      ]}
    />
  )
}
