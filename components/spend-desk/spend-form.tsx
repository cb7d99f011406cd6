import { Field } from '@/components/ui/field'
import { FileField } from '@/components/evidence/desk-piece'
import { consolePath } from '@/lib/console/model'
import { SPEND_PAPERS } from '@/lib/evidence/model'
import { localePath, pick, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { BudgetDesk, PayingCampaign } from '@/lib/spend-desk/model'
import { LONGEST } from '@/lib/spend-desk/schema'
import type { Day } from '@/lib/time/day'
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
    <form action={action} className="line-form">
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
      <button className="act act-2">{t('chooseGo')}</button>
    </form>
  )
}

/** What a form begins with that asks anew for an approved spend. */
const begun = (replaces: BudgetDesk['replaces']): Partial<Record<string, string>> =>
  replaces
    ? {
        ...{ titleVi: replaces.titleVi, titleEn: replaces.titleEn, supplier: replaces.supplier, dueOn: replaces.dueOn },
        ...Object.fromEntries(
          replaces.items.flatMap(({ budgetPosition, units, amountVnd }) => [
            [`units-${budgetPosition}`, String(units)],
            [`amount-${budgetPosition}`, String(amountVnd)],
          ]),
        ),
      }
    : {}

/** Asks for money of a campaign, line by line of its budget. */
export function SpendForm({
  locale,
  fundSlug,
  desk,
  formKey,
  today,
  typed,
}: {
  locale: Locale
  fundSlug: string
  desk: BudgetDesk
  formKey: string
  today: Day
  typed: Typed | null
}) {
  const t = translator(locale, 'spend-desk')
  const errorOf = (name: string) => {
    const code = typed?.errors[name]
    return code ? { error: spendError(locale, code) } : {}
  }
  const { replaces } = desk
  const valueOf = (name: string) => typed?.fields[name] ?? begun(replaces)[name]
  const paper = translator(locale, 'handover')
  const text = (name: 'titleVi' | 'titleEn' | 'supplier', longest: number) => (
    <Field name={name} label={t(name)} hint={name === 'supplier' ? t('supplierHint') : null} {...errorOf(name)}>
      {(control) => <input {...control} type="text" maxLength={longest} defaultValue={valueOf(name)} />}
    </Field>
  )
  return (
    <form
      method="post"
      encType="multipart/form-data"
      action={localePath(locale, consolePath(fundSlug, '/chi/moi/gui'))}
      className="stack"
      noValidate
    >
      <input type="hidden" name="formKey" value={valueOf('formKey') ?? formKey} />
      <input type="hidden" name="campaign" value={desk.campaign.slug} />
      {replaces && <input type="hidden" name="replaces" value={replaces.key} />}
      <h2>{desk.campaign.title}</h2>
      {replaces && <p>{t('replacing', { key: replaces.key })}</p>}
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
      <fieldset className="stack">
        <legend>{t('paper')}</legend>
        <p className="sub">{t('paperHint')}</p>
        <Field name="kind" label={paper('papersPart.kind')} {...errorOf('kind')}>
          {(control) => (
            <select {...control} defaultValue={valueOf('kind') ?? (replaces ? 'invoice' : 'quotation')}>
              {SPEND_PAPERS.map((kind) => (
                <option key={kind} value={kind}>
                  {paper(`kinds.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="datedOn" label={paper('papersPart.dated')} {...errorOf('datedOn')}>
          {(control) => <input {...control} type="date" max={today} defaultValue={valueOf('datedOn') ?? today} />}
        </Field>
        <FileField name="original" label={paper('papersPart.original')} hint={paper('papersPart.originalShown')} {...errorOf('original')} />
      </fieldset>
      <p>
        <button className="act act-3">{t('ask')}</button>
      </p>
      <p>
        <a href={localePath(locale, consolePath(fundSlug, `/chi/du-toan?chien-dich=${desk.campaign.slug}`))}>{t('needMore')}</a>
      </p>
    </form>
  )
}
