import type { ReactNode } from 'react'
import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { SpendDesk } from '@/lib/spend-desk/model'
import { LONGEST } from '@/lib/spend-desk/schema'
import { spendError } from './text'

interface Props {
  locale: Locale
  fundSlug: string
  desk: SpendDesk
  /** Id of who looks at it. */
  me: string
  may: { approve: boolean; settle: boolean; cancel: boolean }
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

/** What may be decided of a spend now, by who looks at it. */
export function SpendDecisions({ locale, fundSlug, desk, me, may, typed }: Props) {
  const t = translator(locale, 'spend-desk')
  const { state, key } = desk.view
  const action = localePath(locale, consolePath(fundSlug, `/chi/${key}/quyet`))
  const decision = (what: 'approve' | 'settle', lead: string): ReactNode => (
    <form method="post" action={action} className="stack">
      <p>{lead}</p>
      <p>
        <button className="act act-3" name="decision" value={what}>
          {t(what)}
        </button>
      </p>
    </form>
  )
  const ending = (what: 'reject' | 'cancel', lead: string | null): ReactNode => (
    <details open={typed?.fields['decision'] === what}>
      <summary>{t(what)}</summary>
      <form method="post" action={action} className="stack" noValidate>
        {lead !== null && <p>{lead}</p>}
        {(['reasonVi', 'reasonEn'] as const).map((name) => {
          const error = typed?.errors[name]
          return (
            <Field key={name} name={name} id={`${what}-${name}`} label={t(name)} error={error ? spendError(locale, error) : null}>
              {(control) => <textarea {...control} rows={3} maxLength={LONGEST.reason} defaultValue={typed?.fields[name]} />}
            </Field>
          )
        })}
        <p>
          <button className="act act-2" name="decision" value={what}>
            {t(what)}
          </button>
        </p>
      </form>
    </details>
  )
  if (state === 'requested') {
    if (!may.approve) return <p className="pane">{t('notYours')}</p>
    if (desk.requestedBy === me) return <p className="pane">{t('own')}</p>
    return (
      <section className="pane">
        {decision('approve', t('approveLead'))}
        {ending('reject', null)}
      </section>
    )
  }
  if (state !== 'approved' && state !== 'paid') return null
  return (
    <section className="pane">
      {may.settle && desk.view.paidVnd > 0n && decision('settle', t('settleLead'))}
      {may.cancel && ending('cancel', t('cancelLead'))}
    </section>
  )
}
