import { Facts } from '@/components/ui/facts'
import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import type { testBank } from '@/lib/i18n/messages/vi/test-bank'
import { translator, type Translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'

/** What an app reads from the QR. */
export interface ReadQr {
  bin: string
  accountNumber: string
  amountVnd: bigint | null
  memo: string | null
}

export type TestBankProblem = keyof (typeof testBank)['problems']
type Mangling = keyof (typeof testBank)['manglings']

interface Props {
  locale: Locale
  qr: string
  read: ReadQr | null
  problem: TestBankProblem | null
  /** What was chosen last, kept when the form comes back. */
  typed: { amount: string; bank: string; mangling: string }
  banks: readonly { key: string; name: string }[]
  manglings: readonly Mangling[]
}

const ABOUT_QR: readonly TestBankProblem[] = ['not_a_qr', 'wrong_checksum', 'not_vietqr']

/** The test bank: reads a QR as a banking app does, then reports money as the fund's bank would. */
export function TestBankForm({ locale, qr, read, problem, typed, banks, manglings }: Props) {
  const t = translator(locale, 'test-bank')
  const path = localePath(locale, '/ngan-hang-thu')
  const wrong = problem === null ? null : t(`problems.${problem}`)
  const isAboutQr = problem !== null && ABOUT_QR.includes(problem)
  return (
    <>
      {wrong !== null && !isAboutQr && problem !== 'amount' && (
        <div className="problems near" role="alert">
          <p>{wrong}</p>
        </div>
      )}
      <section className="sec near" aria-labelledby="doc-ma">
        <h2 className="head2" id="doc-ma">
          {t('step1')}
        </h2>
        <form className="lookup" action={path} method="get">
          <Field name="qr" label={t('qr')} hint={t('qrHint')} error={isAboutQr ? wrong : null}>
            {(control) => <textarea {...control} rows={3} maxLength={1_000} spellCheck={false} defaultValue={qr} />}
          </Field>
          <button className="act act-2" type="submit">
            {t('read')}
          </button>
        </form>
      </section>
      {read && (
        <div className="two two-early sec near">
          <section aria-labelledby="chuyen-thu">
            <h2 className="head2" id="chuyen-thu">
              {t('step2')}
            </h2>
            <form className="stack test-send" action={`${path}/gui`} method="post">
              <input type="hidden" name="qr" value={qr} />
              <Field name="amount" label={t('amountField')} hint={t('amountHint')} error={problem === 'amount' ? wrong : null}>
                {(control) => (
                  <input
                    {...control}
                    type="text"
                    inputMode="decimal"
                    autoComplete="off"
                    maxLength={40}
                    defaultValue={typed.amount || String(read.amountVnd ?? '')}
                  />
                )}
              </Field>
              <Field name="bank" label={t('bank')}>
                {(control) => (
                  <select {...control} defaultValue={typed.bank}>
                    {banks.map(({ key, name }) => (
                      <option key={key} value={key}>
                        {key === 'plain' ? t('bankPlain') : name}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field name="mangling" label={t('mangling')}>
                {(control) => (
                  <select {...control} defaultValue={typed.mangling}>
                    {manglings.map((mangling) => (
                      <option key={mangling} value={mangling}>
                        {t(`manglings.${mangling}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <p>
                <button className="act full" type="submit">
                  {t('send')}
                </button>
              </p>
            </form>
          </section>
          <aside aria-label={t('shows')}>
            <p className="lab">{t('shows')}</p>
            <Shown locale={locale} read={read} t={t} />
          </aside>
        </div>
      )}
    </>
  )
}

function Shown({ locale, read, t }: { locale: Locale; read: ReadQr; t: Translator<'test-bank'> }) {
  return (
    <Facts
      facts={[
        {
          key: 'amount',
          term: t('amount'),
          value: read.amountVnd === null ? t('noAmount') : formatVnd(read.amountVnd, locale),
          isBig: read.amountVnd !== null,
        },
        { key: 'memo', term: t('memo'), value: read.memo === null ? t('noMemo') : <span className="code">{read.memo}</span> },
        { key: 'account', term: t('account'), value: <span className="so">{read.accountNumber}</span> },
        { key: 'bin', term: t('bin'), value: <span className="so">{read.bin}</span> },
      ]}
    />
  )
}
