import { Field } from '@/components/ui/field'
import { REASONS, type GiftToReturn } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  /** The page itself, which finds gifts by their code. */
  path: string
  action: string
  code: string
  gifts: GiftToReturn[]
  formKey: string
  typed: Record<string, string>
}

/** Finds a gift by its code, and asks that it goes back. */
export function RefundForm({ locale, path, action, code, gifts, formKey, typed }: Props) {
  const t = translator(locale, 'desk')
  return (
    <aside className="pane" aria-labelledby="xin-hoan">
      <h2 id="xin-hoan">{t('refunds.ask')}</h2>
      <form action={path} className="line-form">
        <Field name="ma" label={t('refunds.code')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={20} defaultValue={code} />}
        </Field>
        <button className="act act-2">{t('refunds.find')}</button>
      </form>
      {code !== '' && gifts.length === 0 && <p>{t('refunds.noGift')}</p>}
      {gifts.length > 0 && (
        <form method="post" action={action} className="stack">
          <input type="hidden" name="key" value={formKey} />
          <input type="hidden" name="ma" value={code} />
          <Field name="khoan" id="khoan" label={t('refunds.gift')}>
            {(control) => (
              <select {...control} defaultValue={typed['khoan']}>
                {gifts.map(({ donationId, leftVnd, via, receivedAt }) => (
                  <option key={donationId} value={donationId}>
                    {`${formatVnd(leftVnd, locale)}, ${t(`refunds.via.${via}`)}, ${formatMoment(receivedAt)}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field name="tien" label={t('refunds.amount')} hint={t('refunds.amountHint')}>
            {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={typed['tien']} />}
          </Field>
          <Field name="ly-do" label={t('queue.reason')}>
            {(control) => (
              <select {...control} defaultValue={typed['ly-do']}>
                {REASONS.map((reason) => (
                  <option key={reason} value={reason}>
                    {t(`refunds.reasons.${reason}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <button className="act act-3">{t('refunds.go')}</button>
        </form>
      )}
    </aside>
  )
}
