import { Field } from '@/components/ui/field'
import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { PLEDGE_STATES, type PledgeFilter, type PledgeRow } from '@/lib/pledge-desk/model'
import { formatMoment } from '@/lib/time/day'

export const PLEDGE_TAGS = { open: 'maybe', expired: 'none', received: 'sure', cancelled: 'none' } as const

interface FilterProps {
  locale: Locale
  path: string
  filter: PledgeFilter
  campaigns: { slug: string; title: string }[]
  /** Whether e-mail addresses and phone numbers are found. */
  mayReach: boolean
}

/** What is looked for. */
export function PledgeFind({ locale, path, filter, campaigns, mayReach }: FilterProps) {
  const t = translator(locale, 'pledge-desk')
  return (
    <form action={path} className="line-form">
      <Field name="tim" id="tim-cam-ket" label={t(mayReach ? 'text' : 'textWithout')}>
        {(control) => <input {...control} type="search" maxLength={100} autoComplete="off" defaultValue={filter.text} />}
      </Field>
      <Field name="trang" label={t('state')}>
        {(control) => (
          <select {...control} defaultValue={filter.state ?? ''}>
            <option value="">{t('anyState')}</option>
            {PLEDGE_STATES.map((state) => (
              <option key={state} value={state}>
                {t(`states.${state}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="chien-dich" label={t('campaign')}>
        {(control) => (
          <select {...control} defaultValue={filter.campaign ?? ''}>
            <option value="">{t('anyCampaign')}</option>
            {campaigns.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button className="act act-2">{t('find')}</button>
    </form>
  )
}

/** Promises and gifts, one a row. */
export function PledgeList({ locale, fundSlug, rows }: { locale: Locale; fundSlug: string; rows: PledgeRow[] }) {
  const t = translator(locale, 'pledge-desk')
  if (rows.length === 0) return <p className="lead-line">{t('none')}</p>
  return (
    <FoldTable
      caption={t('title')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'code',
          head: t('columns.code'),
          isRowHead: true,
          room: 'grow',
          cell: ({ code, method }) => (
            <>
              <a className="code" href={localePath(locale, consolePath(fundSlug, `/cam-ket/${code}`))}>
                {code}
              </a>
              <span className="sub">{t(`methods.${method}`)}</span>
            </>
          ),
        },
        {
          key: 'amount',
          head: t('columns.amount'),
          isNumber: true,
          cell: ({ amountVnd, method }) =>
            amountVnd === null ? t(method === 'goods' ? 'methods.goods' : 'otherMoney') : <b>{formatVnd(amountVnd, locale)}</b>,
        },
        {
          key: 'name',
          head: t('columns.name'),
          room: 'wide',
          cell: ({ name, isNamed }) => (
            <>
              {name ?? <span className="quiet">{t('nameless')}</span>}
              {name !== null && !isNamed && <span className="sub">{t('hidden')}</span>}
            </>
          ),
        },
        { key: 'campaign', head: t('columns.campaign'), room: 'wide', cell: ({ campaign }) => campaign ?? t('generalPot') },
        {
          key: 'at',
          head: t('columns.at'),
          cell: ({ createdAt }) => <time dateTime={createdAt.toISOString()}>{formatMoment(createdAt)}</time>,
        },
        {
          key: 'state',
          head: t('columns.state'),
          cell: ({ state }) => <span className={`tag ${PLEDGE_TAGS[state]}`}>{t(`states.${state}`)}</span>,
        },
      ]}
    />
  )
}
