import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { AuditFilter } from '@/lib/staff/schema'

interface Props {
  locale: Locale
  action: string
  filter: AuditFilter
  /** Ids and names. */
  people: [string, string][]
  /** Rooms of the permissions, "spends". */
  actions: string[]
}

/** Narrows the trail; what is chosen stands in the address. */
export function AuditFilterForm({ locale, action, filter, people, actions }: Props) {
  const t = translator(locale, 'console')
  return (
    <form className="line-form" action={action}>
      <Field name="ai" label={t('audit.who')}>
        {(control) => (
          <select {...control} defaultValue={filter.staffId ?? ''}>
            <option value="">{t('audit.anyone')}</option>
            {people.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="viec" label={t('audit.what')}>
        {(control) => (
          <>
            <input
              {...control}
              type="text"
              list="viec-gi"
              maxLength={60}
              defaultValue={filter.action ?? ''}
              placeholder={t('audit.anything')}
            />
            <datalist id="viec-gi">
              {actions.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field name="ve" label={t('audit.about')} hint={t('audit.aboutHint')}>
        {(control) => (
          <input {...control} type="text" maxLength={60} defaultValue={[filter.aboutKind, filter.aboutId].filter(Boolean).join(' ')} />
        )}
      </Field>
      <Field name="tu" label={t('audit.from')}>
        {(control) => <input {...control} type="date" defaultValue={filter.from} />}
      </Field>
      <Field name="den" label={t('audit.to')}>
        {(control) => <input {...control} type="date" defaultValue={filter.to} />}
      </Field>
      <Field name="kq" label={t('audit.outcome')}>
        {(control) => (
          <select {...control} defaultValue={filter.outcome ?? ''}>
            <option value="">{t('audit.any')}</option>
            <option value="done">{t('audit.done')}</option>
            <option value="denied">{t('audit.denied')}</option>
          </select>
        )}
      </Field>
      <button className="act act-3">{t('audit.filter')}</button>
    </form>
  )
}
