import { besideRows, receiptNumber } from '@/components/receipts/text'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { MOST_LOOKED_UP, type GivenView, type Told } from '@/lib/receipts/model'
import { ToldPart } from './told'

interface Props {
  locale: Locale
  code: string | null
  /** Entries as they were checked. */
  parts: LookedUpPart[]
  /** Numbers that were asked for, and that the log has not. */
  missing: readonly bigint[]
  /** There are others, which are not shown. */
  hasMore: boolean
  /** Vietnamese addresses of what belongs to an entry. */
  paths: { receipt: (code: string, number: bigint) => string; tools: (number: bigint) => string }
}

interface LookedUpPart {
  part: Told['parts'][number]
  isRight: boolean
  number: bigint
  /** Where its proof is. */
  proof: string
  /** Code of the gift that it tells of. */
  code: string | null
  /** What the site says of that gift; `gone` where it stands under its code no more. */
  beside: GivenView | 'gone' | null
}

/** Entries of a code, checked by the server and, with JavaScript, once more by the visitor's own device. */
export function LookedUp({ locale, code, parts, missing, hasMore, paths }: Props) {
  const t = translator(locale, 'checking')
  return (
    <div className="near">
      {code !== null && (
        <p>
          {t(hasMore ? 'code.first' : 'code.found', { code, count: parts.length })}.{' '}
          <a href={localePath(locale, `/theo-doi/${code}`)}>{t('code.follow')}</a>
        </p>
      )}
      {missing.length > 0 && (
        <p className="told-wrong near2" role="alert">
          {t('code.missing', { numbers: missing.map(receiptNumber).join(', ') })}
        </p>
      )}
      {parts.map(({ part, isRight, number, proof, code: ofGift, beside }) => (
        <div key={proof} className={`told near2 ${isRight ? 'told-right' : 'told-wrong'}`} data-proof={proof} data-entry={String(number)}>
          <ToldPart locale={locale} part={part} />
          {ofGift !== null && beside !== null && (
            <Beside locale={locale} code={ofGift} beside={beside} receipt={paths.receipt(ofGift, number)} />
          )}
          <p>
            <a href={proof} download={proof.replace(/^.*\//, 'tung-dong-')}>
              {t('code.proof')}
            </a>
            {' · '}
            <a href={localePath(locale, paths.tools(number))}>{t('code.tools')}</a>
          </p>
        </div>
      ))}
      <p className="small quiet near2" data-served>
        {t(parts.every(({ isRight }) => isRight) ? 'code.server' : 'code.serverWrong')}
      </p>
      {hasMore && <p className="near2">{code === null ? t('code.moreNumbers', { most: String(MOST_LOOKED_UP) }) : t('code.more')}</p>}
    </div>
  )
}

interface BesideProps {
  locale: Locale
  code: string
  beside: GivenView | 'gone'
  /** Vietnamese address of its receipt. */
  receipt: string
}

/** What stands on a receipt and in no entry: as this site knows it, told apart from what is proven. */
function Beside({ locale, code, beside, receipt }: BesideProps) {
  const t = translator(locale, 'checking')
  if (beside === 'gone')
    return (
      <p>
        {t('code.beside.gone', { code })} <a href={localePath(locale, `/theo-doi/${code}`)}>{t('code.follow')}</a>
      </p>
    )
  return (
    <div className="beside">
      <h4>{t('code.beside.title')}</h4>
      <p>{t('code.beside.lead')}</p>
      <dl className="facts">
        {besideRows(beside).map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t('code.beside.name')}</p>
      <p>
        {t('code.beside.printed')} <a href={localePath(locale, receipt)}>{t('code.beside.receipt')}</a>
      </p>
    </div>
  )
}
