import { StepForm } from '@/components/campaign-desk/step-form'
import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { NeedDesk, NeedFigures } from '@/lib/needs/model'
import { FigureFields } from './figure-fields'
import { sourceName } from './texts'

/** What somebody may do with a need. */
export interface MayDo {
  check: boolean
  publish: boolean
  cover: boolean
  makeCampaign: boolean
}

interface Props {
  locale: Locale
  fundSlug: string
  need: NeedDesk
  may: MayDo
  formKey: string
  /** What was typed before, where a form came back. */
  typed: Record<string, string>
}

const SOURCES = ['state_budget', 'fatherland_front', 'oda', 'foreign_ngo', 'other'] as const

const written = ({ children, quantity, amountVnd, priority, note }: NeedFigures) => ({
  ...{ children: String(children), quantity: String(quantity), amount: String(amountVnd), priority, note },
})

/** The steps that a need can take from here. */
export function NeedActs({ locale, fundSlug, need, may, formKey, typed }: Props) {
  const t = translator(locale, 'need-desk')
  const { needId, version, state, doubles } = need
  // A form that came back is open, with what was typed into it.
  const isBack = (deed: string) => typed['viec'] === deed
  const base = { action: localePath(locale, consolePath(fundSlug, `/nhu-cau/${needId}/doi/gui`)), version, formKey }
  const isLive = state === 'reported' || state === 'checked' || state === 'published'
  const reason = (id: string, label: string) => (
    <Field name="reason" id={`${id}-reason`} label={label}>
      {(control) => <input {...control} type="text" maxLength={500} defaultValue={typed['reason']} />}
    </Field>
  )
  return (
    <>
      {state === 'published' && may.makeCampaign && !need.isPerChild && (
        <section className="pane">
          <form method="post" action={localePath(locale, consolePath(fundSlug, '/chien-dich/tao/gui'))}>
            <input type="hidden" name="need" value={needId} />
            <input type="hidden" name="key" value={formKey} />
            <button className="act act-3">{t('page.makeCampaign')}</button>
          </form>
        </section>
      )}
      {state === 'reported' && may.check && (
        <section className="pane">
          <StepForm {...base} deed="kiem" button={t('acts.check')}>
            <p>{t('acts.checkLead')}</p>
          </StepForm>
        </section>
      )}
      {state === 'checked' && may.publish && (
        <section className="pane">
          <StepForm {...base} deed="cong-bo" button={t('acts.publish')}>
            <p>{t('acts.publishLead')}</p>
          </StepForm>
        </section>
      )}
      {isLive && may.check && (
        <section className="pane">
          {doubles.map((double) => (
            <details key={double.needId} open={isBack('gop') && typed['from'] === String(double.needId)}>
              <summary>
                {t('page.doubles')}:{' '}
                {t('page.double', {
                  ...{ children: formatCount(double.children, locale), quantity: formatCount(double.quantity, locale), unit: double.unit },
                  ...{ amount: formatVnd(double.amountVnd, locale), state: t(`states.${double.state}`) },
                })}
              </summary>
              {(double.state === 'reported' || double.state === 'checked') && (
                <StepForm {...base} formKey={`${formKey}-${double.needId}`} deed="gop" button={t('acts.merge')}>
                  <input type="hidden" name="from" value={double.needId} />
                  <input type="hidden" name="fromVersion" value={double.version} />
                  <p>{t('acts.mergeLead')}</p>
                  <FigureFields
                    locale={locale}
                    idPrefix={`gop-${double.needId}-`}
                    values={written({
                      ...{ children: need.children + double.children, quantity: need.quantity + double.quantity },
                      ...{ amountVnd: need.amountVnd + double.amountVnd, priority: need.priority, note: need.note },
                    })}
                  />
                  {reason(`gop-${double.needId}`, t('acts.reason'))}
                </StepForm>
              )}
            </details>
          ))}
          <details open={isBack('sua')}>
            <summary>{t('acts.revise')}</summary>
            <StepForm {...base} deed="sua" button={t('acts.revise')}>
              <FigureFields locale={locale} idPrefix="sua-" values={isBack('sua') ? { ...written(need), ...typed } : written(need)} />
              {reason('sua', t('acts.reviseReason'))}
            </StepForm>
          </details>
          {state !== 'published' && (
            <details open={isBack('tu-choi')}>
              <summary>{t('acts.refuse')}</summary>
              <StepForm {...base} deed="tu-choi" button={t('acts.refuse')} isGrave>
                {reason('tu-choi', t('acts.reason'))}
              </StepForm>
            </details>
          )}
        </section>
      )}
      {isLive && may.cover && <Cover locale={locale} base={base} typed={typed} />}
    </>
  )
}

function Cover({
  locale,
  base,
  typed,
}: {
  locale: Locale
  base: { action: string; version: number; formKey: string }
  typed: Record<string, string>
}) {
  const t = translator(locale, 'need-desk')
  return (
    <section className="pane">
      <details open={typed['viec'] === 'nguon'}>
        <summary>{t('acts.cover')}</summary>
        <StepForm {...base} deed="nguon" button={t('acts.cover')}>
          <Field name="source" label={t('acts.source')}>
            {(control) => (
              <select {...control} defaultValue={typed['source']}>
                {SOURCES.map((source) => (
                  <option key={source} value={source}>
                    {sourceName(locale, source)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field name="nameVi" label={t('acts.nameVi')}>
            {(control) => <input {...control} type="text" lang="vi" maxLength={200} defaultValue={typed['nameVi']} />}
          </Field>
          <Field name="nameEn" label={t('acts.nameEn')}>
            {(control) => <input {...control} type="text" lang="en" maxLength={200} defaultValue={typed['nameEn']} />}
          </Field>
          <Field name="coverQuantity" label={t('form.quantity')}>
            {(control) => <input {...control} type="text" inputMode="numeric" maxLength={12} defaultValue={typed['coverQuantity']} />}
          </Field>
          <Field name="coverAmount" label={t('form.amount')}>
            {(control) => <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={typed['coverAmount']} />}
          </Field>
        </StepForm>
      </details>
    </section>
  )
}
