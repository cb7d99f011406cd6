import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { PersonRow } from '@/lib/staff/model'
import { dayOf, formatDay, formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  people: PersonRow[]
  /** Id of who looks at it. */
  me: string
  may: { confirm: boolean; withdraw: boolean; end: boolean }
}

/** People with their roles, and what can be decided about each. */
export function PeopleTable({ locale, fundSlug, people, me, may }: Props) {
  const t = translator(locale, 'console')
  const stateOf = ({ state, effectiveFrom }: PersonRow) => {
    const day = effectiveFrom ? formatDay(dayOf(effectiveFrom)) : ''
    if (state === 'in_effect') return t('people.since', { day })
    return <span className="tag maybe">{state === 'delayed' ? t('people.delayed', { day }) : t('people.waiting')}</span>
  }
  return (
    <form method="post" action={localePath(locale, consolePath(fundSlug, '/nguoi/doi'))}>
      <FoldTable
        caption={t('people.title')}
        rows={people}
        rowKey={({ roleId }) => String(roleId)}
        columns={[
          {
            key: 'name',
            head: t('people.name'),
            isRowHead: true,
            room: 'wide',
            cell: ({ name, email }) => (
              <>
                <b>{name}</b>
                <span className="sub">{email}</span>
              </>
            ),
          },
          {
            key: 'role',
            head: t('people.role'),
            room: 'grow',
            cell: ({ role, communes }) => (
              <>
                {t(`roles.${role}`)}
                {communes.length > 0 && <span className="sub">{communes.join(', ')}</span>}
              </>
            ),
          },
          {
            key: 'state',
            head: t('people.state'),
            room: 'grow',
            cell: (row) => (
              <>
                {stateOf(row)}
                <span className="sub">
                  {row.appointedBy === null ? t('people.byServer') : t('people.by', { name: row.appointedByName ?? row.appointedBy })}
                </span>
              </>
            ),
          },
          {
            key: 'seen',
            head: t('people.seen'),
            fold: t('people.seen'),
            cell: ({ lastSeenAt }) =>
              lastSeenAt ? <time dateTime={lastSeenAt.toISOString()}>{formatMoment(lastSeenAt)}</time> : t('people.never'),
          },
          {
            key: 'acts',
            head: <span className="vh">{t('decide')}</span>,
            room: 'wide',
            cell: (row) => <Acts locale={locale} row={row} me={me} may={may} />,
          },
        ]}
      />
    </form>
  )
}

function Acts({ locale, row, me, may }: { locale: Locale; row: PersonRow; me: string; may: Props['may'] }) {
  const t = translator(locale, 'console')
  const isMine = row.staffId === me || row.appointedBy === me
  const button = (act: 'confirm' | 'withdraw' | 'end') => (
    <button className="act act-2 act-row" name={act} value={String(row.roleId)} {...(act === 'end' ? { title: t('people.endHint') } : {})}>
      {t(`people.${act}`)}
      <span className="vh">
        {row.name}, {t(`roles.${row.role}`)}
      </span>
    </button>
  )
  return (
    <span className="acts-row">
      {row.state !== 'in_effect' && may.confirm && !isMine && button('confirm')}
      {row.state !== 'in_effect' && may.withdraw && button('withdraw')}
      {row.state === 'in_effect' && may.end && button('end')}
    </span>
  )
}
