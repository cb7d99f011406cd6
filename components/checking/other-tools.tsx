import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ExampleEntry } from '@/lib/receipts/model'

/** Commands that were tried as they stand here (docs/checking.md says with which versions). */
const commands = (origin: string, { entry, tile, first }: ExampleEntry) => ({
  take: `curl -O ${origin}/log/checkpoint
curl ${origin}/log/vkey > vkey
curl ${origin}/log/witnesses > witnesses
curl -O ${origin}/log/proof/${entry}.tlog-proof`,
  go: `apt install golang-go golang-golang-x-mod-dev
curl -O ${origin}/log/check-proof.go
export GO111MODULE=off GOPATH=/usr/share/gocode
go run check-proof.go "$(head -n 1 vkey)" ${entry}.tlog-proof $(cat witnesses)`,
  sign: `(printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'
 head -n 1 vkey | cut -d+ -f3- | base64 -d | tail -c 32) > key.der
sed '/^$/,$d' checkpoint > text
sed '1,/^$/d' checkpoint | head -n 1 | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature`,
  entry: `sed -n 's/^extra //p' ${entry}.tlog-proof | base64 -d
(printf '\\0'; sed -n 's/^extra //p' ${entry}.tlog-proof | base64 -d) | sha256sum
curl -s ${origin}/log/${tile} | tail -c +$(((${entry} - ${first}) * 32 + 1)) | head -c 32 | xxd -p -c 32`,
  paper: `pdfdetach -saveall bien-nhan.pdf
tail -n 1 bien-nhan.pdf | cut -d' ' -f2 | base64 -d
head -c -$(tail -n 1 bien-nhan.pdf | wc -c) bien-nhan.pdf | openssl dgst -sha256 -binary | base64`,
  all: `curl -O ${origin}/log/verify.mjs
node verify.mjs --url ${origin} --key "$(head -n 1 vkey)" --proof ${entry}.tlog-proof --save checkpoint.saved`,
})

const STEPS = ['take', 'go', 'sign', 'entry', 'paper', 'all'] as const

interface Props {
  locale: Locale
  /** The site's own address. */
  origin: string
  /** What the commands are shown with. */
  example: ExampleEntry
}

interface FormProps {
  locale: Locale
  action: string
  typed: string
  error: string | null
}

/** Asks for the entry that the commands are shown for. */
export function ToolsForm({ locale, action, typed, error }: FormProps) {
  const t = translator(locale, 'checking')
  return (
    <form className="lookup near" method="get" action={action}>
      <Field name="muc" label={t('tools.number')} hint={t('tools.numberHint')} error={error}>
        {(control) => (
          <input
            {...control}
            className="code-field"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            maxLength={20}
            defaultValue={typed}
          />
        )}
      </Field>
      <button className="act act-3">{t('tools.go')}</button>
    </form>
  )
}

/** How to check with tools that others wrote, step by step. */
export function OtherTools({ locale, origin, example }: Props) {
  const t = translator(locale, 'checking')
  const shown = commands(origin, example)
  const { entry, tile, first, last } = example
  const facts = { entry: String(entry), tile, first: String(first), last: String(last) }
  return (
    <>
      {STEPS.map((step, index) => (
        <section className="sec" key={step} aria-labelledby={`buoc-${step}`}>
          <h2 className="head2" id={`buoc-${step}`}>
            {index + 1}. {t(`tools.steps.${step}.title`)}
          </h2>
          <p className="near">{t(`tools.steps.${step}.text`, facts)}</p>
          <pre className="raw near2">{shown[step]}</pre>
        </section>
      ))}
      <p className="near">
        <a href={localePath(locale, '/minh-bach')}>{t('tools.back')}</a>
      </p>
    </>
  )
}
