import { FoldTable } from '@/components/ui/fold-table'
import { Field } from '@/components/ui/field'
import type { AccountDays, DayView } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  account: AccountDays
  names: ReadonlyMap<string, string>
  mayClose: boolean
  action: string
  queuePath: string
  typed: Record<string, string>
}

/** An account: the day that closes next, with what it still needs, and the days closed last. */
export function AccountDay({ locale, account, names, mayClose, action, queuePath, typed }: Props) {
  const t = translator(locale, 'desk')
  const { id, alias, bankName, closedUntil, closingVnd, next, recent } = account
  const amount = (vnd: bigint) => formatVnd(vnd, locale)
  return (
    <section className="pane" aria-labelledby={`tk-${id}`}>
      <h2 id={`tk-${id}`}>
        {alias}, {bankName}
      </h2>
      <p className="small quiet">
        {closedUntil === null || closingVnd === null
          ? t('days.never')
          : t('days.until', { day: formatDay(closedUntil), amount: amount(closingVnd) })}
      </p>
      {next === null ? <p>{t('days.nothing')}</p> : <NextDay locale={locale} day={next} queuePath={queuePath} />}
      {next !== null && mayClose && (
        <form method="post" action={action} className="stack">
          <input type="hidden" name="tk" value={id} />
          <input type="hidden" name="ngay" value={next.day} />
          <div className="line-form">
            {next.isOpeningClosed ? (
              <input type="hidden" name="dau" value={String(next.openingVnd)} />
            ) : (
              <Balance
                locale={locale}
                name="dau"
                id={`dau-${id}`}
                label={t('days.opening')}
                vnd={next.openingVnd}
                typed={typed['tk'] === String(id) ? typed['dau'] : undefined}
              />
            )}
            <Balance
              locale={locale}
              name="cuoi"
              id={`cuoi-${id}`}
              label={t('days.closing')}
              vnd={next.closingVnd}
              typed={typed['tk'] === String(id) ? typed['cuoi'] : undefined}
            />
            <button className="act act-3" name="chot" value="mot">
              {t('days.close', { day: formatDay(next.day) })}
            </button>
          </div>
          {next.closingVnd !== null && next.openingVnd !== null && (
            <p>
              <button className="act act-2 act-row" name="chot" value="lien">
                {t('days.closeAll')}
              </button>{' '}
              <span className="small quiet">{t('days.closeAllHint')}</span>
            </p>
          )}
        </form>
      )}
      {recent.length > 0 && (
        <FoldTable
          caption={t('days.recent')}
          isCaptionHidden={false}
          rows={recent}
          rowKey={({ day }) => day}
          columns={[
            { key: 'day', head: t('queue.when'), isRowHead: true, cell: ({ day }) => formatDay(day) },
            {
              key: 'lines',
              head: t('days.lines'),
              fold: t('days.lines'),
              cell: ({ linesIn, linesOut, lateLines }) => (
                <>
                  +{linesIn} −{linesOut}
                  {lateLines > 0 && <span className="sub">{t('days.late', { count: lateLines })}</span>}
                </>
              ),
            },
            { key: 'closing', head: t('days.closing'), isNumber: true, cell: (row) => amount(row.closingVnd) },
            {
              key: 'by',
              head: t('days.closedBy'),
              room: 'grow',
              cell: ({ by, closedAt }) => t('recent.by', { name: names.get(by) ?? by, at: formatMoment(closedAt) }),
            },
          ]}
        />
      )}
    </section>
  )
}

function Balance({
  locale,
  name,
  id,
  label,
  vnd,
  typed,
}: {
  locale: Locale
  name: string
  id: string
  label: string
  vnd: bigint | null
  typed: string | undefined
}) {
  return (
    <Field name={name} id={id} label={label}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={24}
          defaultValue={typed ?? (vnd === null ? '' : formatCount(vnd, locale))}
        />
      )}
    </Field>
  )
}

/** The sum of a day, as an accountant writes it. */
function NextDay({ locale, day, queuePath }: { locale: Locale; day: DayView; queuePath: string }) {
  const t = translator(locale, 'desk')
  const amount = (vnd: bigint | null) => (vnd === null ? t('days.unknown') : formatVnd(vnd, locale))
  const computed = day.openingVnd === null ? null : day.openingVnd + day.sumInVnd - day.sumOutVnd
  const gap = computed === null || day.closingVnd === null ? null : computed - day.closingVnd
  const rows: [string, string][] = [
    [t('days.opening'), amount(day.openingVnd)],
    [t('days.linesIn', { count: day.linesIn }), `${day.sumInVnd > 0n ? '+' : ''}${formatVnd(day.sumInVnd, locale)}`],
    [t('days.linesOut', { count: day.linesOut }), formatVnd(-day.sumOutVnd, locale)],
    [t('days.computed'), amount(computed)],
    [t('days.closing'), amount(day.closingVnd)],
    [t('days.gap'), amount(gap)],
  ]
  return (
    <>
      <table className="sumup">
        <caption>{t('days.day', { day: formatDay(day.day) })}</caption>
        <tbody>
          {rows.map(([name, vnd]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="n">{vnd}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="small">
        {day.lateLines > 0 && <li>{t('days.late', { count: day.lateLines })}</li>}
        {day.waiting > 0 && (
          <li>
            <a href={queuePath}>{t('days.waiting', { count: day.waiting })}</a>
          </li>
        )}
        {day.notOnStatement > 0 && (
          <li>{t('days.unseen', { count: day.notOnStatement, amount: formatVnd(day.notOnStatementVnd, locale) })}</li>
        )}
      </ul>
    </>
  )
}
