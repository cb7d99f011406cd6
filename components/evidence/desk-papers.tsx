import type { DeskDeliveryProps } from '@/components/delivery/desk-delivery-page'
import { typedInto } from '@/components/delivery/handover-text'
import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { PAPER_KINDS, type DeskEvidence } from '@/lib/evidence/model'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'

const TAGS = { waiting: 'maybe', shown: 'sure', withdrawn: 'none' } as const

/** Papers of a delivery with what can be decided about each, and the form for another. */
export function DeskPapers(props: DeskDeliveryProps) {
  const { locale, fundSlug, delivery, evidence, may } = props
  const t = translator(locale, 'handover')
  const path = (part: string) => localePath(locale, consolePath(fundSlug, `/trao/dot/${delivery.id}/${part}`))
  return (
    <section className="pane" aria-labelledby="giay">
      <h2 id="giay">{t('papersPart.title')}</h2>
      {evidence.papers.length === 0 && <p>{t('papersPart.none')}</p>}
      <ul className="waiting">
        {evidence.papers.map((paper) => (
          <li key={paper.key}>
            <Paper {...props} paper={paper} path={path} />
          </li>
        ))}
      </ul>
      {may.add && <AddPaper {...props} action={path('giay')} />}
    </section>
  )
}

interface PaperProps extends DeskDeliveryProps {
  paper: DeskEvidence['papers'][number]
  path: (part: string) => string
}

function Paper({ locale, names, me, may, typed, paper, path }: PaperProps) {
  const t = translator(locale, 'handover')
  const { key, kind, datedOn, addedBy, state, file, isOfSpend } = paper
  const name = t('papersPart.line', { kind: t(`kinds.${kind}`), day: formatDay(datedOn) })
  const { isBack, was, wrong } = typedInto(locale, `paper-${key}`, typed)
  return (
    <div className="stack">
      <p>
        {file === null ? name : <a href={path(`tep/${file}`)}>{name}</a>}{' '}
        <span className={`tag ${TAGS[state]}`}>{t(`states.${state}`)}</span>
        {isOfSpend && <span className="sub">{t('papersPart.ofSpend')}</span>}
        <span className="sub">{t('addedBy', { name: names.get(addedBy) ?? addedBy })}</span>
      </p>
      {state === 'waiting' && may.release && addedBy !== me && (
        <form method="post" action={path('doi')}>
          <button className="act act-3 act-row" name="releasePaper" value={key}>
            {t('release')}
            <span className="vh">: {name}</span>
          </button>
        </form>
      )}
      {state !== 'withdrawn' && may.withdraw && (
        <details {...(isBack ? { open: true } : {})}>
          <summary>{t('papersPart.withdraw')}</summary>
          <form method="post" action={path('doi')} className="stack" noValidate>
            <input type="hidden" name="form" value={`paper-${key}`} />
            <Field name="reason" id={`reason-${key}`} label={t('papersPart.reason')} hint={t('papersPart.reasonHint')} {...wrong('reason')}>
              {(control) => <input {...control} type="text" autoComplete="off" maxLength={300} defaultValue={was('reason')} />}
            </Field>
            <Field name="reasonEn" id={`reason-en-${key}`} label={t('papersPart.reasonEn')} {...wrong('reasonEn')}>
              {(control) => <input {...control} type="text" autoComplete="off" maxLength={300} defaultValue={was('reasonEn')} />}
            </Field>
            <button className="act act-2 act-row" name="withdrawPaper" value={key}>
              {t('withdraw')}
              <span className="vh">: {name}</span>
            </button>
          </form>
        </details>
      )}
    </div>
  )
}

function AddPaper({ locale, delivery, evidence, me, today, newKeys, typed, action }: DeskDeliveryProps & { action: string }) {
  const t = translator(locale, 'handover')
  const { isBack, was, wrong } = typedInto(locale, 'paper', typed)
  return (
    <details {...(isBack || evidence.papers.length === 0 ? { open: true } : {})}>
      <summary>{t('papersPart.add')}</summary>
      <form
        method="post"
        encType="multipart/form-data"
        action={action}
        className="stack"
        noValidate
        data-kept={`${me}:giay:${delivery.id}`}
        {...(isBack ? { 'data-back': '' } : {})}
      >
        <input type="hidden" name="form" value="paper" />
        <input type="hidden" name="key" defaultValue={was('key') ?? newKeys.paper} />
        <Field name="kind" label={t('papersPart.kind')} {...wrong('kind')}>
          {(control) => (
            <select {...control} defaultValue={was('kind') ?? 'handover'}>
              {PAPER_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kinds.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="datedOn" label={t('papersPart.dated')} {...wrong('datedOn')}>
          {(control) => <input {...control} type="date" max={today} defaultValue={was('datedOn') ?? delivery.deliveredOn} />}
        </Field>
        <Field name="original" label={t('papersPart.original')} hint={t('papersPart.originalHint')} {...wrong('original')}>
          {(control) => <input {...control} type="file" />}
        </Field>
        <Field name="copy" label={t('papersPart.copy')} hint={t('papersPart.copyHint')} {...wrong('copy')}>
          {(control) => <input {...control} type="file" accept="image/jpeg,image/png,image/webp" />}
        </Field>
        <p>
          <button className="act act-3">{t('papersPart.go')}</button>
        </p>
      </form>
    </details>
  )
}
