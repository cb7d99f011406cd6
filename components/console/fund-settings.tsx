import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import type { Particulars } from '@/lib/funds/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { FundSettings } from '@/lib/staff/model'

interface Props {
  locale: Locale
  fundSlug: string
  settings: FundSettings
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

/** Numbers that directors set. */
export function FundSettingsForm({ locale, fundSlug, settings, typed }: Props) {
  const t = translator(locale, 'console')
  const fields = [
    {
      name: 'appointment',
      label: t('settings.appointmentDelay'),
      error: t('settings.refused.appointment'),
      value: settings.appointmentDelayDays,
    },
    { name: 'account', label: t('settings.accountDelay'), error: t('settings.refused.account'), value: settings.accountDelayDays },
  ]
  return (
    <form method="post" action={localePath(locale, consolePath(fundSlug, '/cai-dat/luu'))} className="stack narrow" noValidate>
      {fields.map(({ name, label, error, value }) => (
        <Field key={name} name={name} label={label} error={typed?.errors[name] ? error : null}>
          {(control) => (
            <input {...control} type="text" inputMode="numeric" maxLength={3} defaultValue={typed?.fields[name] ?? String(value)} />
          )}
        </Field>
      ))}
      <p>
        <button className="act act-3">{t('settings.save')}</button>
      </p>
    </form>
  )
}

const PARTICULARS = [
  { name: 'address', type: 'text', most: 200 },
  { name: 'phone', type: 'tel', most: 25 },
  { name: 'email', type: 'email', most: 254 },
  { name: 'taxCode', type: 'text', most: 20 },
] as const

interface ParticularsProps extends Omit<Props, 'settings'> {
  particulars: Particulars
}

/** Where the fund is found, as its receipts say it. */
export function ParticularsForm({ locale, fundSlug, particulars, typed }: ParticularsProps) {
  const t = translator(locale, 'console')
  return (
    <form
      method="post"
      action={localePath(locale, consolePath(fundSlug, '/cai-dat/thong-tin'))}
      className="stack narrow"
      noValidate
      aria-labelledby="thong-tin"
    >
      <h2 id="thong-tin">{t('settings.particulars.title')}</h2>
      <p>{t('settings.particulars.lead')}</p>
      {PARTICULARS.map(({ name, type, most }) => (
        <Field
          key={name}
          name={name}
          label={t(`settings.particulars.${name}`)}
          error={typed?.errors[name] ? t(`settings.particulars.refused.${name}`) : null}
        >
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode={type}
              autoComplete="off"
              maxLength={most}
              defaultValue={typed?.fields[name] ?? particulars[name] ?? ''}
            />
          )}
        </Field>
      ))}
      <p>
        <button className="act act-3">{t('settings.particulars.save')}</button>
      </p>
    </form>
  )
}
