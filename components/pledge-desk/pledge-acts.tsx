import type { ReactNode } from 'react'
import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { LETTER_KINDS, type PledgeDetail } from '@/lib/pledge-desk/model'
import { isOfOffice } from '@/lib/pledges/model'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  action: string
  pledge: PledgeDetail
  names: ReadonlyMap<string, string>
  mayCorrect: boolean
  mayWrite: boolean
  formKey: string
  typed: Record<string, string>
}

/** What can be done with a promise or gift: its name, its time, its end, a letter. */
export function PledgeActs({ locale, action, pledge, names, mayCorrect, mayWrite, formKey, typed }: Props) {
  const t = translator(locale, 'pledge-desk')
  const { seen, state, method, name, isNamed, hasEmail, letters } = pledge
  const isOpen = (state === 'open' || state === 'expired') && !isOfOffice(method)
  const part = (verb: 'name' | 'extend' | 'cancel' | 'letter', content: ReactNode) => (
    <section aria-labelledby={verb}>
      <h2 id={verb}>{t(`${verb}.title`)}</h2>
      <form method="post" action={action} className="stack" noValidate>
        <input type="hidden" name="seen" value={seen} />
        {content}
        <p>
          <button className="act act-2" name="viec" value={verb}>
            {t(`${verb}.go`)}
          </button>
        </p>
      </form>
    </section>
  )
  return (
    <div className="stack">
      {mayCorrect &&
        part(
          'name',
          <>
            <Field name="name" id="ten" label={t('name.label')} hint={t('name.hint')}>
              {(control) => <input {...control} type="text" maxLength={80} autoComplete="off" defaultValue={typed['name'] ?? name ?? ''} />}
            </Field>
            <Field name="showName" label={t('name.show')}>
              {(control) => (
                <select {...control} defaultValue={typed['showName'] ?? (isNamed ? 'yes' : 'no')}>
                  <option value="yes">{t('name.shown')}</option>
                  <option value="no">{t('name.hidden')}</option>
                </select>
              )}
            </Field>
          </>,
        )}
      {mayCorrect &&
        isOpen &&
        part(
          'extend',
          <Field name="until" label={t('extend.until')} hint={t('extend.hint')}>
            {(control) => <input {...control} type="date" defaultValue={typed['until']} />}
          </Field>,
        )}
      {mayCorrect && isOpen && part('cancel', <p className="small">{t('cancel.lead')}</p>)}
      {mayWrite &&
        (hasEmail ? (
          part(
            'letter',
            <>
              <input type="hidden" name="formKey" value={typed['formKey'] ?? formKey} />
              <Field name="kind" label={t('letter.kind')}>
                {(control) => (
                  <select {...control} defaultValue={typed['kind'] ?? (isOpen ? 'reminder' : 'free')}>
                    {LETTER_KINDS.map((kind) => (
                      <option key={kind} value={kind}>
                        {t(`letter.kinds.${kind}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field name="words" label={t('letter.words')} hint={t('letter.wordsHint')}>
                {(control) => <textarea {...control} rows={5} maxLength={1500} defaultValue={typed['words']} />}
              </Field>
            </>,
          )
        ) : (
          <p className="small">{t('letter.noEmail')}</p>
        ))}
      {letters.length > 0 && (
        <ul className="mails">
          {letters.map(({ id, kind, words, by, at, isSent }) => (
            <li key={id}>
              <p>
                {t('letter.sent', { name: names.get(by) ?? by, at: formatMoment(at), kind: t(`letter.kinds.${kind}`) })}{' '}
                {!isSent && <span className="tag twin">{t('letter.notSent')}</span>}
              </p>
              {words !== null && <pre>{words}</pre>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
