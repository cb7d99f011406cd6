import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  action: string
  formKey: string
  typed: Record<string, string>
}

/** Makes a rule; it does nothing before it is seen what it would do. */
export function RuleForm({ locale, action, formKey, typed }: Props) {
  const t = translator(locale, 'desk')
  return (
    <form method="post" action={action} className="stack pane">
      <input type="hidden" name="key" value={formKey} />
      <Field name="chu" label={t('rules.words')} hint={t('rules.wordsHint')}>
        {(control) => <input {...control} type="text" maxLength={80} defaultValue={typed['chu']} />}
      </Field>
      <Field name="la" label={t('rules.decision')}>
        {(control) => (
          <select {...control} defaultValue={typed['la'] ?? 'fee'}>
            {(['fee', 'interest', 'own_transfer'] as const).map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="chieu" label={t('rules.direction')}>
        {(control) => (
          <select {...control} defaultValue={typed['chieu'] ?? 'out'}>
            <option value="out">{t('rules.out')}</option>
            <option value="in">{t('rules.in')}</option>
          </select>
        )}
      </Field>
      {(['tu', 'den'] as const).map((name) => (
        <Field key={name} name={name} label={t(name === 'tu' ? 'rules.least' : 'rules.most')}>
          {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={typed[name]} />}
        </Field>
      ))}
      <button className="act act-3">{t('rules.make')}</button>
    </form>
  )
}
