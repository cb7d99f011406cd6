import { FoldTable } from '@/components/ui/fold-table'
import type { DisputeRow, RefundRow } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  rows: RefundRow[]
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  mayDecide: boolean
  action: string
}

const TAGS = { requested: 'maybe', approved: 'maybe', rejected: 'none', sent: 'sure', failed: 'twin', withdrawn: 'none' } as const

/** Requests that gifts go back, with what each waits for. */
export function RefundTable({ locale, rows, names, me, mayDecide, action }: Props) {
  const t = translator(locale, 'desk')
  const nameOf = (id: string) => names.get(id) ?? id
  if (rows.length === 0) return <p>{t('refunds.none')}</p>
  return (
    <form method="post" action={action}>
      <FoldTable
        caption={t('refunds.title')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { key: 'id', head: t('refunds.number'), cell: ({ id }) => id },
          { key: 'code', head: t('refunds.gift'), isRowHead: true, cell: ({ code }) => <b>{code ?? t('refunds.nameless')}</b> },
          { key: 'amount', head: t('queue.amount'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
          {
            key: 'why',
            head: t('queue.reason'),
            room: 'grow',
            cell: ({ reason, via }) => `${t(`refunds.reasons.${reason}`)}; ${t(`refunds.via.${via}`)}`,
          },
          {
            key: 'state',
            head: t('refunds.state'),
            room: 'wide',
            cell: ({ state, via, requestedBy, requestedAt, decidedBy }) => (
              <>
                <span className={`tag ${TAGS[state]}`}>{t(state === 'approved' ? `refunds.waits.${via}` : `refunds.states.${state}`)}</span>
                <span className="sub">{t('recent.by', { name: nameOf(requestedBy), at: formatMoment(requestedAt) })}</span>
                {decidedBy !== null && <span className="sub">{t('refunds.decidedBy', { name: nameOf(decidedBy) })}</span>}
              </>
            ),
          },
          {
            key: 'acts',
            head: <span className="vh">{t('refunds.decide')}</span>,
            cell: ({ id, state, via, requestedBy, decidedBy }) => (
              <span className="acts-row">
                {mayDecide && state === 'requested' && requestedBy !== me && (
                  <>
                    <Act id={id} verb="approve" label={t('refunds.approve')} />
                    <Act id={id} verb="reject" label={t('refunds.reject')} />
                  </>
                )}
                {mayDecide && state === 'approved' && via === 'bank' && decidedBy !== me && (
                  <Act id={id} verb="withdraw" label={t('refunds.withdraw')} />
                )}
              </span>
            ),
          },
        ]}
      />
    </form>
  )
}

function Act({ id, verb, label }: { id: string; verb: string; label: string }) {
  return (
    <button className="act act-2 act-row" name="viec" value={`${verb} ${id}`}>
      {label}
      <span className="vh"> {id}</span>
    </button>
  )
}

/** Open disputes with the day until which Stripe takes an answer. */
export function DisputeTable({ locale, rows }: { locale: Locale; rows: DisputeRow[] }) {
  const t = translator(locale, 'desk')
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="tranh-chap">
      <h2 id="tranh-chap">{t('disputes.title')}</h2>
      <p className="small">{t('disputes.lead')}</p>
      <FoldTable
        caption={t('disputes.title')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'by',
            head: t('disputes.answerBy'),
            isRowHead: true,
            cell: ({ answerBy }) => (answerBy === null ? t('disputes.noAnswer') : formatMoment(answerBy)),
          },
          { key: 'code', head: t('refunds.gift'), cell: ({ code }) => code ?? t('refunds.nameless') },
          { key: 'amount', head: t('queue.amount'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
          { key: 'reason', head: t('disputes.reason'), room: 'grow', cell: ({ reason }) => <span className="memo">{reason}</span> },
          { key: 'opened', head: t('disputes.opened'), cell: ({ openedAt }) => formatMoment(openedAt) },
        ]}
      />
    </section>
  )
}
