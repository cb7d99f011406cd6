import { Field } from '@/components/ui/field'
import type { CampaignDesk } from '@/lib/campaigns/model'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { StepForm } from './step-form'

/** What somebody may do with a campaign. */
export interface MayDo {
  edit: boolean
  review: boolean
  open: boolean
  pause: boolean
  extend: boolean
  close: boolean
}

interface Props {
  locale: Locale
  fundSlug: string
  campaign: CampaignDesk
  may: MayDo
  /** Who looks at it wrote a part of it. */
  isAuthor: boolean
  formKey: string
  /** What was typed before, where a form came back. */
  typed: Record<string, string>
}

/** The steps that a campaign can take from here, each with what it needs to be told. */
export function CampaignActs({ locale, fundSlug, campaign, may, isAuthor, formKey, typed }: Props) {
  const t = translator(locale, 'campaign-desk')
  const { campaignId, version, state, isPaused, others, hasRestWithoutPlace } = campaign
  const base = { action: localePath(locale, consolePath(fundSlug, `/chien-dich/${campaignId}/doi`)), version, formKey }
  const reasons = (deed: string) => (
    <>
      {(['Vi', 'En'] as const).map((language) => (
        <Field key={language} name={`reason${language}`} id={`${deed}-reason${language}`} label={t(`acts.reason${language}`)}>
          {(control) => (
            <input {...control} type="text" maxLength={300} lang={language.toLowerCase()} defaultValue={typed[`reason${language}`]} />
          )}
        </Field>
      ))}
      <p className="small quiet">{t('acts.public')}</p>
    </>
  )
  const isRunning = state === 'open' || state === 'funded' || state === 'delivering'
  const waits = state === 'in_review' || state === 'scheduled'
  return (
    <>
      {waits && (may.review || isAuthor) && (
        <section className="pane" aria-labelledby="duyet">
          <h2 id="duyet">{t('acts.review')}</h2>
          {isAuthor ? (
            <p>{t('page.notYours')}</p>
          ) : (
            state === 'in_review' && (
              <StepForm {...base} deed="duyet" button={t('acts.approve')}>
                <p>{t('acts.reviewLead')}</p>
                <Field name="opensAt" label={t('acts.opensAt')} hint={t('acts.opensAtHint')}>
                  {(control) => <input {...control} type="text" autoComplete="off" maxLength={20} defaultValue={typed['opensAt']} />}
                </Field>
              </StepForm>
            )
          )}
          {may.review && (
            <StepForm {...base} deed="tra" button={t('acts.return')} isGrave>
              <Field name="reason" label={t('acts.returnReason')}>
                {(control) => <textarea {...control} rows={3} maxLength={1000} defaultValue={typed['reason']} />}
              </Field>
            </StepForm>
          )}
        </section>
      )}
      {(state === 'funded' || state === 'delivering') && may.open && (
        <section className="pane">
          <StepForm {...base} deed={state === 'funded' ? 'trao' : 'xong'} button={t(state === 'funded' ? 'acts.deliver' : 'acts.complete')}>
            {state === 'delivering' && <p>{t('acts.completeLead')}</p>}
            {reasons('buoc')}
          </StepForm>
        </section>
      )}
      {state === 'open' && may.pause && (
        <section className="pane" aria-labelledby="dung">
          <h2 id="dung">{t(isPaused ? 'acts.resume' : 'acts.pause')}</h2>
          {isPaused ? (
            <StepForm {...base} deed="nhan-lai" button={t('acts.resume')} />
          ) : (
            <StepForm {...base} deed="dung" button={t('acts.pause')}>
              <p>{t('acts.pauseLead')}</p>
              {reasons('dung')}
            </StepForm>
          )}
        </section>
      )}
      {isRunning && may.extend && (
        <section className="pane">
          <details>
            <summary>{t('acts.extend')}</summary>
            <StepForm {...base} deed="lui" button={t('acts.extend')}>
              <Field name="neededBy" label={t('acts.newDay')}>
                {(control) => <input {...control} type="date" defaultValue={typed['neededBy'] ?? campaign.neededBy ?? ''} />}
              </Field>
              {reasons('lui')}
            </StepForm>
          </details>
          <details>
            <summary>{t('acts.rename')}</summary>
            <StepForm {...base} deed="ten" button={t('acts.rename')}>
              <p>{t('acts.renameLead')}</p>
              <Field name="slug" label={t('acts.slug')}>
                {(control) => (
                  <input {...control} type="text" autoComplete="off" maxLength={80} defaultValue={typed['slug'] ?? campaign.slug} />
                )}
              </Field>
            </StepForm>
          </details>
        </section>
      )}
      {(isRunning || hasRestWithoutPlace) && may.close && (
        <section className="pane">
          <details>
            <summary>{t(isRunning ? 'acts.close' : 'acts.sendRest')}</summary>
            <StepForm {...base} deed="dong" button={t(isRunning ? 'acts.close' : 'acts.sendRest')} isGrave>
              <p>{t(isRunning ? 'acts.closeLead' : 'acts.sendRestLead')}</p>
              {reasons('dong')}
              <Field name="rest" label={t('acts.rest')}>
                {(control) => (
                  <select {...control} defaultValue={typed['rest'] ?? ''}>
                    <option value="">{t('acts.general')}</option>
                    {others.map(({ slug, title }) => (
                      <option key={slug} value={slug}>
                        {title}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </StepForm>
          </details>
        </section>
      )}
    </>
  )
}
