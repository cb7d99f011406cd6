import { FoldTable } from '@/components/ui/fold-table'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'
import type { UnreadDecisionRow } from '@/lib/unread/model'

interface Props {
  locale: Locale
  rows: UnreadDecisionRow[]
  names: ReadonlyMap<string, string>
  mayDecide: boolean
  action: string
}

/** What was said last; each can be taken back. */
export function UnreadDecisions({ locale, rows, names, mayDecide, action }: Props) {
  const t = translator(locale, 'unread')
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="vua-noi">
      <h2 id="vua-noi">{t('recent')}</h2>
      <form method="post" action={action}>
        <FoldTable
          caption={t('recent')}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            { key: 'who', head: t('when'), cell: ({ by, at }) => t('by', { name: names.get(by) ?? by, at: formatMoment(at) }) },
            {
              key: 'what',
              head: t('what'),
              room: 'grow',
              isRowHead: true,
              cell: ({ subject, amountVnd, kind, reason, isUndone }) => (
                <>
                  {t(`subjects.${subject.of}`, { id: subject.id })}
                  {amountVnd !== null && `, ${formatVnd(amountVnd, locale)}`}
                  <span className="sub">
                    {t(`say.${kind}`)}
                    {reason !== '' && `: ${reason}`}
                    {isUndone && ` (${t('undone')})`}
                  </span>
                </>
              ),
            },
            {
              key: 'undo',
              head: <span className="vh">{t('undo')}</span>,
              cell: ({ id, isUndone }) =>
                mayDecide && !isUndone ? (
                  <button className="act act-2 act-row" name="viec" value={id}>
                    {t('undo')}
                  </button>
                ) : null,
            },
          ]}
        />
      </form>
    </section>
  )
}
