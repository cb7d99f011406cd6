import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { FileView } from '@/lib/statements/model'

interface Props {
  locale: Locale
  fundSlug: string
  file: FileView
  typed: { fields: Record<string, string> } | null
}

/** Accepts a file as a whole, or throws it away. */
export function Decide({ locale, fundSlug, file, typed }: Props) {
  const t = translator(locale, 'statements')
  const to = (step: string) => localePath(locale, consolePath(fundSlug, `/sao-ke/${file.id}/${step}`))
  const unreadable = file.counts?.unreadable ?? 0
  return (
    <section className="pane" aria-labelledby="nhan">
      <h2 id="nhan">{t('accept.title')}</h2>
      {file.state === 'read' && unreadable > 0 && <p>{t('accept.unreadable', { count: unreadable })}</p>}
      {file.state === 'read' && unreadable === 0 && (
        <form method="post" action={to('nhan')} className="stack">
          <p>{t('accept.lead')}</p>
          {(file.counts?.contradictory ?? 0) > 0 && (
            <Field name="despite" label={t('accept.despite')} hint={t('accept.despiteHint')}>
              {(control) => <textarea {...control} rows={3} maxLength={500} required defaultValue={typed?.fields['despite']} />}
            </Field>
          )}
          <p>
            <button className="act act-1">{t('accept.go')}</button>
          </p>
        </form>
      )}
      <form method="post" action={to('bo')}>
        <p>
          <button className="act act-2">{t('throw.go')}</button>
        </p>
      </form>
    </section>
  )
}
