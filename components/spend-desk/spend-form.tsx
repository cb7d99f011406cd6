import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, pick, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { BudgetDesk, PayingCampaign } from '@/lib/spend-desk/model'
import { LONGEST } from '@/lib/spend-desk/schema'
import { spendError } from './text'

interface Typed {
  fields: Record<string, string>
  errors: Record<string, string>
}

/** Chooses the campaign whose budget is shown; the page's own address then says which. */
export function ChooseCampaign({
  locale,
  action,
  campaigns,
  chosen,
}: {
  locale: Locale
  action: string
  campaigns: PayingCampaign[]
  chosen: string | undefined
}) {
  const t = translator(locale, 'spend-desk')
  if (campaigns.length === 0) return <p className="lead-line">{t('noCampaign')}</p>
  return (
    <form action={action} className="stack">
      <Field name="chien-dich" label={t('choose')}>
        {(control) => (
          <select {...control} defaultValue={chosen}>
            {campaigns.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p>
        <button className="act act-2">{t('chooseGo')}</button>
      </p>
    </form>
  )
}

/** Asks for money of a campaign, line by line of its budget. */
export function SpendForm({
  locale,
  fundSlug,
  desk,
  formKey,
  typed,
}: {
  locale: Locale
  fundSlug: string
  desk: BudgetDesk
  formKey: string
  typed: Typed | null
}) {
  const t = translator(locale, 'spend-desk')
  const errorOf = (name: string) => {
    const code = typed?.errors[name]
    return code ? { error: spendError(locale, code) } : {}
  }
  const valueOf = (name: string) => typed?.fields[name]
  const text = (name: 'titleVi' | 'titleEn' | 'supplier', longest: number) => (
    <Field name={name} label={t(name)} {...(name === 'supplier' ? { hint: t('supplierHint') } : {})} {...errorOf(name)}>
      {(control) => <input {...control} type="text" maxLength={longest} defaultValue={valueOf(name)} />}
    </Field>
  )
  return (
    <form method="post" action={localePath(locale, consolePath(fundSlug, '/chi/moi/gui'))} className="stack" noValidate>
      <input type="hidden" name="formKey" value={valueOf('formKey') ?? formKey} />
      <input type="hidden" name="campaign" value={desk.campaign.slug} />
      <h2>{desk.campaign.title}</h2>
      <p className="lead-line">{t('available', { amount: formatVnd(desk.availableVnd, locale) })}</p>
      <fieldset>
        <legend>{t('budget')}</legend>
        {desk.lines.map((line) => {
          const item = pick(locale, line.itemVi, line.itemEn)
          const left = Math.max(0, line.quantity - line.askedUnits)
          return (
            <div className="pair" key={line.position}>
              <Field
                name={`units-${line.position}`}
                label={t('units', { item })}
                hint={t('left', {
                  ...{ left: formatCount(left, locale), quantity: formatCount(line.quantity, locale) },
                  ...{ unit: pick(locale, line.unitVi, line.unitEn), price: formatVnd(line.unitPriceVnd, locale) },
                })}
                {...errorOf(`units-${line.position}`)}
              >
                {(control) => (
                  <input {...control} type="text" inputMode="numeric" maxLength={9} defaultValue={valueOf(`units-${line.position}`)} />
                )}
              </Field>
              <Field
                name={`amount-${line.position}`}
                label={t('amount', { item })}
                hint={t('amountHint')}
                {...errorOf(`amount-${line.position}`)}
              >
                {(control) => (
                  <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={valueOf(`amount-${line.position}`)} />
                )}
              </Field>
            </div>
          )
        })}
      </fieldset>
      {text('titleVi', LONGEST.title)}
      {text('titleEn', LONGEST.title)}
      {text('supplier', LONGEST.supplier)}
      <Field name="dueOn" label={t('dueOn')} {...errorOf('dueOn')}>
        {(control) => <input {...control} type="date" defaultValue={valueOf('dueOn')} />}
      </Field>
      <p>
        <button className="act act-3">{t('ask')}</button>
      </p>
      <p>
        <a href={localePath(locale, consolePath(fundSlug, `/chi/du-toan?chien-dich=${desk.campaign.slug}`))}>{t('needMore')}</a>
      </p>
    </form>
  )
}
