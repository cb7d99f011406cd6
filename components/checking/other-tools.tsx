import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Commands that were tried as they stand here (docs/checking.md says with which versions). */
const commands = (origin: string) => ({
  take: `curl -O ${origin}/log/checkpoint
curl ${origin}/log/vkey > vkey
curl -O ${origin}/log/proof/851.tlog-proof`,
  go: `apt install golang-go golang-golang-x-mod-dev
curl -O ${origin}/log/check-proof.go
export GO111MODULE=off GOPATH=/usr/share/gocode
go run check-proof.go "$(head -n 1 vkey)" 851.tlog-proof`,
  sign: `(printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'
 head -n 1 vkey | cut -d+ -f3- | base64 -d | tail -c 32) > key.der
sed '/^$/,$d' checkpoint > text
sed '1,/^$/d' checkpoint | head -n 1 | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature`,
  entry: `sed -n 's/^extra //p' 851.tlog-proof | base64 -d
(printf '\\0'; sed -n 's/^extra //p' 851.tlog-proof | base64 -d) | sha256sum
curl -s ${origin}/log/tile/0/003 | tail -c +$(((851 - 768) * 32 + 1)) | head -c 32 | xxd -p -c 32`,
  paper: `pdfdetach -saveall bien-nhan.pdf
tail -n 1 bien-nhan.pdf | cut -d' ' -f2 | base64 -d
head -c -$(tail -n 1 bien-nhan.pdf | wc -c) bien-nhan.pdf | openssl dgst -sha256 -binary | base64`,
  all: `curl -O ${origin}/log/verify.mjs
node verify.mjs --url ${origin} --key "$(head -n 1 vkey)" --save checkpoint.saved`,
})

const STEPS = ['take', 'go', 'sign', 'entry', 'paper', 'all'] as const

/** How to check with tools that others wrote, step by step. @param origin the site's own address */
export function OtherTools({ locale, origin }: { locale: Locale; origin: string }) {
  const t = translator(locale, 'checking')
  const shown = commands(origin)
  return (
    <>
      {STEPS.map((step, index) => (
        <section className="sec" key={step} aria-labelledby={`buoc-${step}`}>
          <h2 className="head2" id={`buoc-${step}`}>
            {index + 1}. {t(`tools.steps.${step}.title`)}
          </h2>
          <p className="near">{t(`tools.steps.${step}.text`)}</p>
          <pre className="raw near2">{shown[step]}</pre>
        </section>
      ))}
      <p className="near">
        <a href={localePath(locale, '/minh-bach')}>{t('tools.back')}</a>
      </p>
    </>
  )
}
