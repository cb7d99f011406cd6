import { Facts } from '@/components/ui/facts'
import { Field } from '@/components/ui/field'
import { Money } from '@/components/ui/money'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { AdvanceDesk, SpendDesk } from '@/lib/spend-desk/model'
import { formatDay, type Day } from '@/lib/time/day'
import { spendError } from './text'

interface Props {
  locale: Locale
  desk: SpendDesk
  /** Where the forms are sent. */
  action: string
  names: ReadonlyMap<string, string>
  /** Who may be handed an advance; none where who looks may not write one down. */
  holders: { id: string; name: string }[]
  me: string
  may: { advance: boolean; settle: boolean }
  today: Day
  newKey: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

/** What buyers were handed of a spend and what became of it, with the forms to write one down and to settle one. */
export function Advances(props: Props) {
  const { locale, desk, may } = props
  const t = translator(locale, 'spend-desk')
  const mayPlan = may.advance && desk.view.state === 'approved' && desk.roomVnd > 0n
  if (desk.advances.length === 0 && !mayPlan) return null
  return (
    <section className="pane" aria-labelledby="tam-ung">
      <h2 id="tam-ung">{t('advances.title')}</h2>
      {desk.advances.map((advance) => (
        <Advance key={advance.key} {...props} advance={advance} />
      ))}
      {mayPlan && <Plan {...props} />}
    </section>
  )
}

function Advance(props: Props & { advance: AdvanceDesk }) {
  const { locale, action, names, me, may, advance } = props
  const t = translator(locale, 'spend-desk')
  const { key, amountVnd, outVnd, settledVnd, returnedVnd, givenOn, dueOn, isOverdue, heldBy } = advance
  const money = (vnd: bigint) => <Money vnd={vnd} locale={locale} />
  return (
    <>
      <h3>{t('advances.one', { key, name: names.get(heldBy) ?? heldBy })}</h3>
      <Facts
        facts={[
          { key: 'amount', term: t('advances.amount'), value: money(amountVnd) },
          { key: 'given', term: t('advances.given'), value: givenOn === null ? t('advances.waits') : formatDay(givenOn) },
          ...(settledVnd > 0n ? [{ key: 'settled', term: t('advances.settled'), value: money(settledVnd) }] : []),
          ...(returnedVnd > 0n ? [{ key: 'returned', term: t('advances.returned'), value: money(returnedVnd) }] : []),
          ...(givenOn === null ? [] : [{ key: 'out', term: t('advances.out'), value: money(outVnd), isBig: outVnd > 0n }]),
          {
            key: 'due',
            term: t('advances.due'),
            value: (
              <>
                {formatDay(dueOn)} {isOverdue && <b className="late">{t('late')}</b>}
              </>
            ),
          },
        ]}
      />
      {givenOn === null && may.advance && (
        <form method="post" action={action}>
          <button className="act act-2 act-row" name="drop" value={key}>
            {t('advances.drop')}
          </button>
        </form>
      )}
      {outVnd > 0n && may.settle && (heldBy === me ? <p className="sub">{t('advances.own')}</p> : <Settle {...props} />)}
    </>
  )
}

/** What a form shows again, and what is wrong with its fields. */
function typedInto({ locale, typed }: Pick<Props, 'locale' | 'typed'>, form: string) {
  const own = typed?.fields['form'] === form ? typed : null
  return {
    isBack: own !== null,
    was: (name: string) => own?.fields[name],
    wrong: (name: string) => {
      const code = own?.errors[name]
      return code === undefined ? {} : { error: spendError(locale, code) }
    },
  }
}

function Settle(props: Props & { advance: AdvanceDesk }) {
  const { locale, action, today, newKey, advance } = props
  const t = translator(locale, 'spend-desk')
  const form = `settle-${advance.key}`
  const { isBack, was, wrong } = typedInto(props, form)
  return (
    <details {...(isBack ? { open: true } : {})}>
      <summary>{t('advances.settle')}</summary>
      <form method="post" action={action} className="stack" noValidate>
        <input type="hidden" name="form" value={form} />
        <input type="hidden" name="formKey" value={was('formKey') ?? newKey} />
        <p>{t('advances.settleLead')}</p>
        <Field name="amount" id={`amount-${form}`} label={t('advances.spent')} {...wrong('amount')}>
          {(control) => (
            <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={was('amount') ?? String(advance.outVnd)} />
          )}
        </Field>
        <Field name="on" id={`on-${form}`} label={t('advances.on')} {...wrong('on')}>
          {(control) => <input {...control} type="date" max={today} defaultValue={was('on') ?? today} />}
        </Field>
        <p>
          <button className="act act-3 act-row">{t('advances.settle')}</button>
        </p>
      </form>
    </details>
  )
}

function Plan(props: Props) {
  const { locale, desk, action, holders, today, newKey } = props
  const t = translator(locale, 'spend-desk')
  const { isBack, was, wrong } = typedInto(props, 'advance')
  return (
    <details {...(isBack ? { open: true } : {})}>
      <summary>{t('advances.plan')}</summary>
      <form method="post" action={action} className="stack" noValidate>
        <input type="hidden" name="form" value="advance" />
        <input type="hidden" name="formKey" value={was('formKey') ?? newKey} />
        <p>{t('advances.planLead')}</p>
        <Field name="heldBy" label={t('advances.holder')} hint={t('advances.holderHint')} {...wrong('heldBy')}>
          {(control) => (
            <select {...control} defaultValue={was('heldBy')}>
              {holders.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          name="amount"
          id="amount-advance"
          label={t('advances.amount')}
          hint={t('advances.room', { amount: formatVnd(desk.roomVnd, locale) })}
          {...wrong('amount')}
        >
          {(control) => (
            <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={was('amount') ?? String(desk.roomVnd)} />
          )}
        </Field>
        <Field name="dueOn" label={t('advances.due')} hint={t('advances.dueHint')} {...wrong('dueOn')}>
          {(control) => <input {...control} type="date" min={today} defaultValue={was('dueOn') ?? desk.view.dueOn} />}
        </Field>
        <p>
          <button className="act act-3 act-row">{t('advances.plan')}</button>
        </p>
      </form>
    </details>
  )
}
