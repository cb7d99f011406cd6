import { Field } from '@/components/ui/field'
import type { QueueLine } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { signedVnd } from './suggestion-text'

interface Props {
  locale: Locale
  line: QueueLine
  action: string
  formKey: string
  typed: Record<string, string>
}

/** So many pledges may share a line in one form; the server takes more than anybody will type. */
export const PARTS = 4

const OTHER_IN = ['general', 'keep_unplaced', 'interest', 'budget_repayment', 'cash_banked'] as const
const OTHER_OUT = ['fee'] as const

/** One line, and everything that can be said of it. */
export function LinePane({ locale, line, action, formKey, typed }: Props) {
  const t = translator(locale, 'desk')
  const amount = formatVnd(line.amountVnd, locale)
  const isGift = line.direction === 'in' && (line.state === 'unplaced' || line.state === 'to_return')
  return (
    <aside className="pane" aria-labelledby="dong">
      <h2 id="dong">{t('line.title', { amount: signedVnd(locale, line), account: line.account })}</h2>
      <p className="memo">{line.memo}</p>
      <p className="small quiet">{t('line.number', { id: line.id })}</p>
      {isGift && (
        <form method="post" action={action} className="stack">
          <Hidden line={line} formKey={formKey} />
          <h3>{t('line.place')}</h3>
          <p className="small quiet">{t('line.placeLead', { amount })}</p>
          {Array.from({ length: PARTS }, (_, index) => index + 1).map((n) => (
            <div key={n} className="line-form">
              <Field name={`ma-${n}`} label={t('line.code', { n })}>
                {(control) => <input {...control} type="text" autoComplete="off" maxLength={20} defaultValue={typed[`ma-${n}`]} />}
              </Field>
              <Field name={`phan-${n}`} label={t('line.part', { n })}>
                {(control) => (
                  <input
                    {...control}
                    type="text"
                    inputMode="numeric"
                    maxLength={20}
                    defaultValue={typed[`phan-${n}`] ?? (n === 1 ? String(line.amountVnd) : '')}
                  />
                )}
              </Field>
            </div>
          ))}
          <Reason locale={locale} id="vi-sao-1" typed={typed} />
          <button className="act act-3" name="la" value="place">
            {t('line.go')}
          </button>
        </form>
      )}
      {(isGift || line.state === 'outgoing') && <Other locale={locale} line={line} action={action} formKey={formKey} typed={typed} />}
    </aside>
  )
}

function Hidden({ line, formKey }: Pick<Props, 'line' | 'formKey'>) {
  return (
    <>
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="dong" value={line.id} />
      <input type="hidden" name="thay" value={line.seen} />
    </>
  )
}

function Reason({ locale, id, typed }: { locale: Locale; id: string; typed: Record<string, string> }) {
  const t = translator(locale, 'desk')
  return (
    <Field name="vi-sao" id={id} label={t('queue.reason')} hint={t('queue.reasonHint')}>
      {(control) => <input {...control} type="text" maxLength={300} defaultValue={typed['vi-sao']} />}
    </Field>
  )
}

/** What is no gift: plain kinds as buttons, and those that name the other side with its number. */
function Other({ locale, line, action, formKey, typed }: Props) {
  const t = translator(locale, 'desk')
  const isIn = line.direction === 'in'
  const plain = isIn ? OTHER_IN.filter((kind) => kind !== 'keep_unplaced' || line.state === 'unplaced') : OTHER_OUT
  const named = isIn
    ? (['own_transfer', 'not_ours', 'refund_returned', 'supplier_refund', 'advance_returned'] as const)
    : (['spend', 'advance', 'refund_paid', 'own_transfer', 'not_ours'] as const)
  const labels = {
    spend: 'spendId',
    supplier_refund: 'spendId',
    advance: 'advanceId',
    advance_returned: 'advanceId',
    refund_paid: 'refundOf',
    refund_returned: 'refundOf',
    own_transfer: 'legId',
    not_ours: 'legId',
  } as const
  return (
    <form method="post" action={action} className="stack">
      <Hidden line={line} formKey={`${formKey}-2`} />
      <h3>{t('line.other')}</h3>
      <Reason locale={locale} id="vi-sao-2" typed={typed} />
      <div className="acts-row">
        {plain.map((kind) => (
          <button key={kind} className="act act-2 act-row" name="la" value={kind}>
            {t(`kinds.${kind}`)}
          </button>
        ))}
      </div>
      {named.map((kind) => (
        <div key={kind} className="line-form">
          <Field name={`so-${kind}`} label={t(`line.${labels[kind]}`)}>
            {(control) => <input {...control} type="text" inputMode="numeric" maxLength={18} defaultValue={typed[`so-${kind}`]} />}
          </Field>
          {kind === 'supplier_refund' && (
            <Field name="mon" label={t('line.item')}>
              {(control) => <input {...control} type="text" inputMode="numeric" maxLength={3} defaultValue={typed['mon']} />}
            </Field>
          )}
          <button className="act act-2 act-row" name="la" value={kind}>
            {t(`kinds.${kind}`)}
          </button>
        </div>
      ))}
    </form>
  )
}
