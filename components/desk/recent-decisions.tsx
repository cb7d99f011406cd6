import { FoldTable } from '@/components/ui/fold-table'
import type { DecisionRow } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatMoment } from '@/lib/time/day'
import { signedVnd } from './suggestion-text'

interface Props {
  locale: Locale
  rows: DecisionRow[]
  names: ReadonlyMap<string, string>
  /** Id of who looks at it: their own last decision is undone by a key. */
  me: string
  mayDecide: boolean
  action: string
}

/** What was decided last; what nothing builds on can be taken back. */
export function RecentDecisions({ locale, rows, names, me, mayDecide, action }: Props) {
  const t = translator(locale, 'desk')
  const newest = rows.find(({ isUndone, isLast, by }) => !isUndone && isLast && by === me)
  return (
    <section aria-labelledby="vua-lam">
      <h2 id="vua-lam">{t('recent.title')}</h2>
      {rows.length === 0 && <p>{t('recent.none')}</p>}
      {rows.length > 0 && (
        <form method="post" action={action}>
          <FoldTable
            caption={t('recent.title')}
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'who',
                head: t('queue.when'),
                cell: ({ at, by }) => t('recent.by', { name: names.get(by) ?? by, at: formatMoment(at) }),
              },
              {
                key: 'what',
                head: t('queue.memo'),
                room: 'grow',
                isRowHead: true,
                cell: ({ kind, reason, lines, isUndone }) => (
                  <>
                    {lines.map((line) => (
                      <span key={line.id} className="sub">
                        <b>{signedVnd(locale, line)}</b> <span className="memo">{line.memo}</span>
                      </span>
                    ))}
                    <span className="sub">
                      {t(`kinds.${kind}`)}
                      {reason !== '' && `: ${reason}`}
                      {isUndone && ` (${t('recent.undone')})`}
                    </span>
                  </>
                ),
              },
              {
                key: 'undo',
                head: <span className="vh">{t('recent.undo')}</span>,
                cell: (row) =>
                  mayDecide && row.isLast && !row.isUndone ? (
                    <button
                      className="act act-2 act-row"
                      name="viec"
                      value={row.id}
                      {...(row === newest ? { 'data-key': 'u', 'aria-keyshortcuts': 'u' } : {})}
                    >
                      {t('recent.undo')}
                    </button>
                  ) : null,
              },
            ]}
          />
        </form>
      )}
    </section>
  )
}
