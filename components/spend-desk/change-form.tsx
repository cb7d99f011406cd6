import { Field } from '@/components/ui/field'
import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, pick, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { BudgetDesk, WaitingChange } from '@/lib/spend-desk/model'
import { LONGEST } from '@/lib/spend-desk/schema'
import { spendError } from './text'

/** Changes of budgets that wait, with the buttons of who may decide them. */
export function WaitingChanges({
  locale,
  fundSlug,
  changes,
  names,
  me,
  mayDecide,
}: {
  locale: Locale
  fundSlug: string
  changes: WaitingChange[]
  names: ReadonlyMap<string, string>
  me: string
  mayDecide: boolean
}) {
  const t = translator(locale, 'spend-desk')
  if (changes.length === 0) return <p className="lead-line">{t('changesNone')}</p>
  return (
    <form method="post" action={localePath(locale, consolePath(fundSlug, '/chi/du-toan/quyet'))}>
      <FoldTable
        caption={t('changes')}
        rows={changes}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'what',
            head: t('changeColumns.what'),
            isRowHead: true,
            room: 'wide',
            cell: ({ item, campaign, requestedBy }) => (
              <>
                {item}
                <span className="sub">
                  {campaign.title} · {names.get(requestedBy) ?? requestedBy}
                </span>
              </>
            ),
          },
          {
            key: 'from',
            head: t('changeColumns.from'),
            isNumber: true,
            fold: t('changeColumns.from'),
            cell: ({ plannedQuantity }) => formatCount(plannedQuantity, locale),
          },
          {
            key: 'to',
            head: t('changeColumns.to'),
            isNumber: true,
            fold: t('changeColumns.to'),
            cell: ({ quantity, unit }) => `${formatCount(quantity, locale)} ${unit}`,
          },
          { key: 'reason', head: t('changeColumns.reason'), room: 'wide', cell: ({ reason }) => reason },
          {
            key: 'acts',
            head: '',
            cell: ({ key, requestedBy, item }) =>
              mayDecide && requestedBy !== me ? (
                <>
                  <button className="act act-2 act-row" name="approved" value={key}>
                    {t('approve')}
                    <span className="vh"> {item}</span>
                  </button>{' '}
                  <button className="act act-2 act-row" name="rejected" value={key}>
                    {t('reject')}
                    <span className="vh"> {item}</span>
                  </button>
                </>
              ) : null,
          },
        ]}
      />
    </form>
  )
}

/** Asks for a change of one line of a campaign's budget. */
export function ChangeForm({
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
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}) {
  const t = translator(locale, 'spend-desk')
  const errorOf = (name: string) => {
    const code = typed?.errors[name]
    return code ? { error: spendError(locale, code) } : {}
  }
  return (
    <form method="post" action={localePath(locale, consolePath(fundSlug, '/chi/du-toan/de-nghi'))} className="stack" noValidate>
      <input type="hidden" name="formKey" value={typed?.fields['formKey'] ?? formKey} />
      <input type="hidden" name="campaign" value={desk.campaign.slug} />
      <h2>{desk.campaign.title}</h2>
      <Field name="position" label={t('position')} {...errorOf('position')}>
        {(control) => (
          <select {...control} defaultValue={typed?.fields['position']}>
            {desk.lines.map((line) => (
              <option key={line.position} value={line.position}>
                {pick(locale, line.itemVi, line.itemEn)}: {formatCount(line.askedUnits, locale)} / {formatCount(line.quantity, locale)}{' '}
                {pick(locale, line.unitVi, line.unitEn)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="quantity" label={t('quantity')} hint={t('quantityHint')} {...errorOf('quantity')}>
        {(control) => <input {...control} type="text" inputMode="numeric" maxLength={9} defaultValue={typed?.fields['quantity']} />}
      </Field>
      {(['reasonVi', 'reasonEn'] as const).map((name) => (
        <Field key={name} name={name} label={t(name)} {...errorOf(name)}>
          {(control) => <textarea {...control} rows={3} maxLength={LONGEST.reason} defaultValue={typed?.fields[name]} />}
        </Field>
      ))}
      <p>
        <button className="act act-3">{t('askChange')}</button>
      </p>
    </form>
  )
}
