import type { ReactNode } from 'react'
import { Field } from '@/components/ui/field'
import type { DeskPiece } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

const TAGS = { waiting: 'maybe', shown: 'sure', withdrawn: 'none', noCopy: 'maybe' } as const

/** What was added, where it stands, and by whom. */
export function AddedPiece({
  locale,
  state,
  by,
  children,
}: {
  locale: Locale
  state: DeskPiece['state'] | 'noCopy'
  by: string
  children?: ReactNode
}) {
  const t = translator(locale, 'handover')
  return (
    <p>
      {children} <span className={`tag ${TAGS[state]}`}>{t(`states.${state}`)}</span>
      <span className="sub">{t('addedBy', { name: by })}</span>
    </p>
  )
}

/** A form that sends files, folded away; the browser keeps what was typed, and sends its files in chunks where the page can. */
export function UploadForm({
  summary,
  form,
  formKey,
  action,
  kept,
  isBack,
  isOpen,
  go,
  children,
}: {
  summary: string
  /** Which form of its page it is. */
  form: string
  formKey: string
  action: string
  /** Under which name the browser keeps it. */
  kept: string
  /** Whether it came back with what was wrong. */
  isBack: boolean
  isOpen: boolean
  go: string
  children: ReactNode
}) {
  return (
    <details {...(isBack || isOpen ? { open: true } : {})}>
      <summary>{summary}</summary>
      <form
        method="post"
        encType="multipart/form-data"
        action={action}
        className="stack"
        noValidate
        data-kept={kept}
        {...(isBack ? { 'data-back': '' } : {})}
      >
        <input type="hidden" name="form" value={form} />
        <input type="hidden" name="key" defaultValue={formKey} />
        {children}
        <p>
          <button className="act act-3">{go}</button>
        </p>
      </form>
    </details>
  )
}

/** Chooses a file. */
export function FileField({
  isPicture = false,
  ...field
}: {
  name: string
  id?: string
  label: string
  hint: string
  error?: string
  isPicture?: boolean
}) {
  return (
    <Field {...field}>
      {(control) => <input {...control} type="file" {...(isPicture ? { accept: 'image/jpeg,image/png,image/webp' } : {})} />}
    </Field>
  )
}
