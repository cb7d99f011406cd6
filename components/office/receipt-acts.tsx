import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { CHEQUE_RETURNS, REVERSAL_REASONS, type ReceiptView } from '@/lib/office/model'
import { formatMoment } from '@/lib/time/day'
import { RECEIPT_TAGS } from './receipt-table'

interface Props {
  locale: Locale
  fundSlug: string
  receipt: ReceiptView
  names: ReadonlyMap<string, string>
  /** Whether who looks may take cash, and so ask to take it back. */
  mayAct: boolean
}

/** What became of a receipt, and what can still be done with it. Not printed. */
export function ReceiptActs({ locale, fundSlug, receipt, names, mayAct }: Props) {
  const t = translator(locale, 'office')
  const { id, state, code, note, issuedBy, issuedAt } = receipt
  const path = (within: string) => localePath(locale, consolePath(fundSlug, within))
  const nameOf = (who: string) => names.get(who) ?? who
  return (
    <aside className="pane no-print" aria-labelledby="phieu-nay">
      <h2 id="phieu-nay">{t('receipt.became')}</h2>
      <p>
        <span className={`tag ${RECEIPT_TAGS[state]}`}>{t(`states.${state}`)}</span>{' '}
        <span className="small">{t('receipt.issued', { name: nameOf(issuedBy), at: formatMoment(issuedAt) })}</span>
      </p>
      <Became locale={locale} receipt={receipt} nameOf={nameOf} />
      {note !== null && (
        <p className="small">
          {t('receipt.note')}: {note}
        </p>
      )}
      <p className="small">{t('receipt.print')}</p>
      <p>
        <a href={localePath(locale, `/theo-doi/${code}`)}>{t('receipt.page')}</a>
      </p>
      <p>
        <a href={path(`/cam-ket/${code}`)}>{t('receipt.pledge')}</a>
      </p>
      {mayAct && state === 'booked' && (
        <Ask
          locale={locale}
          action={path(`/tien-mat/phieu/${id}/viec`)}
          what="askReversal"
          verb="ask"
          reasons={REVERSAL_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
      )}
      {state === 'waits' && (
        <p className="small">
          {t('returnCheque.waits')} <a href={path('/ngan-hang')}>{t('returnCheque.toBank')}</a>
        </p>
      )}
      {mayAct && state === 'cleared' && (
        <details>
          <summary>{t('recallCheque.title')}</summary>
          <form method="post" action={path(`/tien-mat/phieu/${id}/viec`)} className="stack">
            <p className="small">{t('recallCheque.lead')}</p>
            <button className="act act-2" name="viec" value="recall">
              {t('recallCheque.go')}
            </button>
          </form>
        </details>
      )}
      {(state === 'recalled' || state === 'called_back') && (
        <p>
          <a href={path('/hoan-tien')}>{t('recallCheque.toRefunds')}</a>
        </p>
      )}
      {mayAct && state === 'waits' && (
        <Ask
          locale={locale}
          action={path(`/tien-mat/phieu/${id}/viec`)}
          what="returnCheque"
          verb="return"
          reasons={CHEQUE_RETURNS.map((value) => ({ value, label: t(`returns.${value}`) }))}
        />
      )}
    </aside>
  )
}

function Became({ locale, receipt, nameOf }: { locale: Locale; receipt: ReceiptView; nameOf: (who: string) => string }) {
  const t = translator(locale, 'office')
  const { reversal, returned, recall, state } = receipt
  if (recall) {
    const said = { name: nameOf(recall.askedBy), at: formatMoment(recall.askedAt), other: nameOf(recall.decidedBy ?? '') }
    const is = state === 'called_back' ? 'done' : recall.decidedBy === null ? 'asked' : 'approved'
    return <p className="small">{t(`recallCheque.${is}`, said)}</p>
  }
  if (returned) {
    const { reason, by, at } = returned
    return <p className="small">{t('returnCheque.returned', { name: nameOf(by), reason: t(`returns.${reason}`), at: formatMoment(at) })}</p>
  }
  if (!reversal) return null
  const said = { reason: t(`reasons.${reversal.reason}`), name: nameOf(reversal.askedBy), other: nameOf(reversal.decidedBy ?? '') }
  return (
    <p className="small">
      {t(reversal.isRejected ? 'askReversal.rejected' : state === 'reversed' ? 'askReversal.reversed' : 'askReversal.asked', said)}
    </p>
  )
}

interface AskProps {
  locale: Locale
  action: string
  what: 'askReversal' | 'returnCheque'
  verb: string
  reasons: { value: string; label: string }[]
}

function Ask({ locale, action, what, verb, reasons }: AskProps) {
  const t = translator(locale, 'office')
  return (
    <details>
      <summary>{t(`${what}.title`)}</summary>
      <form method="post" action={action} className="stack">
        <p className="small">{t(`${what}.lead`)}</p>
        <Field name="ly-do" label={t(`${what}.reason`)}>
          {(control) => (
            <select {...control}>
              {reasons.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="act act-2" name="viec" value={verb}>
          {t(`${what}.go`)}
        </button>
      </form>
    </details>
  )
}
