import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** What many lines may be at once: nothing that names whose a gift is. */
const BULK = ['fee', 'interest', 'general', 'keep_unplaced', 'budget_repayment', 'advance', 'same', 'not_same'] as const

/** Says one thing of all lines that are picked. Stands in the form of the table. */
export function BulkBar({ locale, typed }: { locale: Locale; typed: Record<string, string> }) {
  const t = translator(locale, 'desk')
  return (
    <fieldset className="line-form">
      <legend className="vh">{t('queue.bulk')}</legend>
      <Field name="la" label={`${t('queue.bulk')} ${t('queue.bulkKind').toLowerCase()}`}>
        {(control) => (
          <select {...control} defaultValue={typed['la'] ?? ''}>
            <option value="" />
            {BULK.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="vi-sao" label={t('queue.reason')} hint={t('queue.reasonHint')}>
        {(control) => <input {...control} type="text" maxLength={300} defaultValue={typed['vi-sao']} />}
      </Field>
      <button className="act act-3" name="chon" value="">
        {t('queue.bulkGo')}
      </button>
    </fieldset>
  )
}
