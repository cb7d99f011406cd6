import { typedInto, type Typed } from '@/components/delivery/handover-text'
import { Field } from '@/components/ui/field'
import type { DeskPaper, PaperKind } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay, type Day } from '@/lib/time/day'
import { AddedPiece, FileField, UploadForm } from './desk-piece'

interface Props {
  locale: Locale
  papers: DeskPaper[]
  /** Kinds that may be added here, the likeliest first. */
  kinds: readonly PaperKind[]
  /** The address of a part of the page: "giay" takes papers, "doi" decides on them, "tep/<name>" is a copy. */
  path: (part: string) => string
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  may: { add: boolean; release: boolean; withdraw: boolean; originals?: boolean }
  today: Day
  /** What the day of a new paper begins with. */
  datedOn: Day
  newKey: string
  /** Under which name the browser keeps the form. */
  kept: string
  typed: Typed | null
  /** What came, where papers are of goods: each visit by a receipt of it, the newest first. */
  visits?: readonly { receipt: string; day: Day }[]
  /** Whether a redacted copy may come later than the original, as with what is shown to who approves first. */
  isCopyLater?: boolean
}

/** Papers with what can be decided about each, and the form for another. */
export function DeskPapers(props: Props) {
  const { locale, papers, may } = props
  const t = translator(locale, 'handover')
  return (
    <section className="pane" aria-labelledby="giay">
      <h2 id="giay">{t('papersPart.title')}</h2>
      {papers.length === 0 && <p>{t('papersPart.none')}</p>}
      <ul className="waiting">
        {papers.map((paper) => (
          <li key={paper.key}>
            <Paper {...props} paper={paper} />
          </li>
        ))}
      </ul>
      {may.add && <AddPaper {...props} />}
    </section>
  )
}

type PaperProps = Props & { paper: DeskPaper }

function Paper(props: PaperProps) {
  const { locale, names, me, may, paper, path, isCopyLater = false } = props
  const t = translator(locale, 'handover')
  const { key, kind, datedOn, addedBy, state, file, isOfSpend, goodsOf, hasCopy, copyBy } = paper
  const name = t('papersPart.line', { kind: t(`kinds.${kind}`), day: formatDay(datedOn) })
  return (
    <div className="stack">
      <AddedPiece locale={locale} state={hasCopy ? state : 'noCopy'} by={names.get(addedBy) ?? addedBy}>
        {file === null ? name : <a href={path(`tep/${file}`)}>{name}</a>}
      </AddedPiece>
      {isOfSpend && !isCopyLater && <p className="sub">{t('papersPart.ofSpend')}</p>}
      {goodsOf !== null && <p className="sub">{t('papersPart.ofGoods', { day: formatDay(goodsOf) })}</p>}
      {may.originals === true && (
        <p>
          <a href={path(`goc/${key}`)}>
            {t('papersPart.openOriginal')}
            <span className="vh">: {name}</span>
          </a>
        </p>
      )}
      {state === 'waiting' && hasCopy && may.release && addedBy !== me && copyBy !== me && (
        <form method="post" action={path('doi')}>
          <button className="act act-3 act-row" name="releasePaper" value={key}>
            {t('release')}
            <span className="vh">: {name}</span>
          </button>
        </form>
      )}
      {state === 'waiting' && !hasCopy && may.add && <AddCopy {...props} name={name} />}
      {state !== 'withdrawn' && may.withdraw && <WithdrawPaper {...props} name={name} />}
    </div>
  )
}

function AddCopy({ locale, paper: { key }, path, typed, name }: PaperProps & { name: string }) {
  const t = translator(locale, 'handover')
  const { isBack, wrong } = typedInto(locale, `copy-${key}`, typed)
  return (
    <details {...(isBack ? { open: true } : {})}>
      <summary>
        {t('papersPart.addCopy')}
        <span className="vh">: {name}</span>
      </summary>
      <form method="post" encType="multipart/form-data" action={path('giay')} className="stack column" noValidate>
        <input type="hidden" name="form" value={`copy-${key}`} />
        <FileField
          name="copy"
          id={`copy-${key}`}
          label={t('papersPart.copy')}
          hint={t('papersPart.copyHint')}
          {...wrong('copy')}
          isPicture
        />
        <p>
          <button className="act act-2 act-row">{t('papersPart.go')}</button>
        </p>
      </form>
    </details>
  )
}

function WithdrawPaper({ locale, paper: { key }, path, typed, name }: PaperProps & { name: string }) {
  const t = translator(locale, 'handover')
  const { isBack, was, wrong } = typedInto(locale, `paper-${key}`, typed)
  return (
    <details {...(isBack ? { open: true } : {})}>
      <summary>{t('papersPart.withdraw')}</summary>
      <form method="post" action={path('doi')} className="stack column" noValidate>
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
  )
}

function AddPaper(props: Props) {
  const { locale, papers, kinds, path, today, datedOn, newKey, kept, typed, visits = [], isCopyLater = false } = props
  const t = translator(locale, 'handover')
  const { isBack, was, wrong } = typedInto(locale, 'paper', typed)
  return (
    <UploadForm
      {...{ summary: t('papersPart.add'), form: 'paper', formKey: was('key') ?? newKey, action: path('giay'), kept, isBack }}
      isOpen={papers.length === 0 && !isCopyLater}
      go={t('papersPart.go')}
    >
      {visits.length === 1 && <input type="hidden" name="receipt" value={visits[0]?.receipt} />}
      {visits.length > 1 && (
        <Field name="receipt" label={t('papersPart.receipt')} {...wrong('receipt')}>
          {(control) => (
            <select {...control} defaultValue={was('receipt') ?? visits[0]?.receipt}>
              {visits.map(({ receipt, day }) => (
                <option key={receipt} value={receipt}>
                  {formatDay(day)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field name="kind" label={t('papersPart.kind')} {...wrong('kind')}>
        {(control) => (
          <select {...control} defaultValue={was('kind') ?? kinds[0]}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="datedOn" label={t('papersPart.dated')} {...wrong('datedOn')}>
        {(control) => <input {...control} type="date" max={today} defaultValue={was('datedOn') ?? datedOn} />}
      </Field>
      <FileField
        name="original"
        label={t('papersPart.original')}
        hint={t(isCopyLater ? 'papersPart.originalShown' : 'papersPart.originalHint')}
        {...wrong('original')}
      />
      <FileField
        name="copy"
        label={t(isCopyLater ? 'papersPart.copyLater' : 'papersPart.copy')}
        hint={t('papersPart.copyHint')}
        {...wrong('copy')}
        isPicture
      />
    </UploadForm>
  )
}
