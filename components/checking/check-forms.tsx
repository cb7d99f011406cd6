import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { TellTexts, Told, TrustTexts } from '@/lib/receipts/model'
import { ToldBox } from './told'

interface FileProps {
  locale: Locale
  trust: TrustTexts
  texts: TellTexts
  /** What came of the file that was sent; null where none was. */
  told: Told | null
  error: string | null
}

/** Where a file is dropped. With JavaScript it is checked on the visitor's device, else the server does it. */
export function FileForm({ locale, trust, texts, told, error }: FileProps) {
  const t = translator(locale, 'checking')
  return (
    <section className="sec" aria-labelledby="kiem-tep">
      <h2 className="head2" id="kiem-tep">
        {t('file.title')}
      </h2>
      <form
        className="drop near"
        method="post"
        encType="multipart/form-data"
        action={localePath(locale, '/minh-bach/kiem')}
        data-check
        data-locale={locale}
        data-texts={JSON.stringify(texts)}
        data-trust={JSON.stringify(trust)}
        data-papers="/log/paper/"
        data-checkpoints="/log/checkpoints/"
      >
        <Field name="tep" label={t('file.label')} hint={t('file.hint')} error={error}>
          {(control) => <input {...control} type="file" accept=".pdf,.tlog-proof,.jpg,.jpeg,application/pdf,image/jpeg,text/plain" />}
        </Field>
        <button className="act act-3">{t('file.go')}</button>
      </form>
      <div id="ket-qua" role="status" className="near">
        {told && <ToldBox locale={locale} told={told} />}
      </div>
    </section>
  )
}

/** Where a code or the number of a receipt is typed. */
export function CodeForm({ locale, typed }: { locale: Locale; typed: string }) {
  const t = translator(locale, 'checking')
  return (
    <form className="lookup near" role="search" method="get" action={`${localePath(locale, '/minh-bach')}#kiem-ma`}>
      <Field name="ma" label={t('code.label')} hint={t('code.hint')} error={null}>
        {(control) => (
          <input
            {...control}
            className="code-field"
            type="text"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            defaultValue={typed}
          />
        )}
      </Field>
      <button className="act act-3">{t('code.go')}</button>
    </form>
  )
}
