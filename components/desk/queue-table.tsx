import { FoldTable } from '@/components/ui/fold-table'
import type { QueueLine } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay, formatMoment } from '@/lib/time/day'
import { signedVnd, suggestionDetail, suggestionTitle } from './suggestion-text'

interface Props {
  locale: Locale
  lines: QueueLine[]
  mayDecide: boolean
  /** Address of a line's own pane. */
  openHref: (id: string) => string
}

/** Lines that wait, each with buttons that take a suggestion. Stands in the form that decides. */
export function QueueTable({ locale, lines, mayDecide, openHref }: Props) {
  const t = translator(locale, 'desk')
  return (
    <FoldTable
      caption={t('queue.title')}
      className="queue"
      rows={lines}
      rowKey={({ id }) => id}
      rowId={({ id }) => `dong-${id}`}
      columns={[
        {
          key: 'pick',
          head: <span className="vh">{t('queue.pick')}</span>,
          cell: (line) =>
            mayDecide ? (
              <input
                type="checkbox"
                name={`chon-${line.id}`}
                value={line.seen}
                data-key="x"
                aria-label={t('queue.pickLine', { amount: signedVnd(locale, line) })}
              />
            ) : null,
        },
        {
          key: 'when',
          head: t('queue.when'),
          cell: ({ transactedAt, postedOn }) => (
            <>
              <time dateTime={transactedAt.toISOString()}>{formatMoment(transactedAt)}</time>
              <span className="sub">{postedOn === null ? t('queue.unseen') : t('queue.posted', { day: formatDay(postedOn) })}</span>
            </>
          ),
        },
        { key: 'account', head: t('queue.account'), room: 'grow', cell: ({ account }) => account },
        { key: 'amount', head: t('queue.amount'), isNumber: true, isRowHead: true, cell: (line) => <b>{signedVnd(locale, line)}</b> },
        {
          key: 'memo',
          head: t('queue.memo'),
          room: 'wide',
          cell: ({ memo, reason, twin }) => (
            <>
              <span className="memo">{memo}</span>
              {reason !== null && <span className="sub tag maybe">{t(`reasons.${reason}`)}</span>}
              {twin !== null && (
                <span className="sub tag twin">{t('queue.twin', { at: formatMoment(twin.transactedAt), memo: twin.memo })}</span>
              )}
            </>
          ),
        },
        {
          key: 'suggested',
          head: t('queue.suggested'),
          room: 'wide',
          cell: (line) => <Suggestions locale={locale} line={line} mayDecide={mayDecide} openHref={openHref(line.id)} />,
        },
      ]}
    />
  )
}

function Suggestions({ locale, line, mayDecide, openHref }: { locale: Locale; line: QueueLine; mayDecide: boolean; openHref: string }) {
  const t = translator(locale, 'desk')
  return (
    <>
      {line.suggestions.map((suggestion, index) => (
        <span key={suggestion.choice} className="sub suggestion">
          {mayDecide ? (
            <button
              className="act act-2 act-row"
              name="chon"
              value={`${line.id} ${line.seen} ${suggestion.choice}`}
              data-key={String(index + 1)}
            >
              {suggestionTitle(locale, suggestion)}
            </button>
          ) : (
            <b>{suggestionTitle(locale, suggestion)}</b>
          )}{' '}
          {suggestionDetail(locale, suggestion)}
        </span>
      ))}
      {line.suggestions.length === 0 && <span className="sub">{t('queue.noSuggestion')}</span>}
      <a href={openHref}>
        {t('queue.open')}
        <span className="vh"> {signedVnd(locale, line)}</span>
      </a>
    </>
  )
}
