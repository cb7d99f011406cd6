import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Told } from '@/lib/receipts/model'
import { ToldPart } from './told'

interface Props {
  locale: Locale
  code: string | null
  /** Entries as they were checked, with their numbers and where the proof of each is. */
  parts: { part: Told['parts'][number]; isRight: boolean; number: bigint; proof: string }[]
  /** There are others, which are not shown. */
  hasMore: boolean
}

/** Entries of a code, checked by the server and, with JavaScript, once more by the visitor's own device. */
export function LookedUp({ locale, code, parts, hasMore }: Props) {
  const t = translator(locale, 'checking')
  return (
    <div className="near">
      {code !== null && (
        <p>
          {t(hasMore ? 'code.first' : 'code.found', { code, count: parts.length })}.{' '}
          <a href={localePath(locale, `/theo-doi/${code}`)}>{t('code.follow')}</a>
        </p>
      )}
      {parts.map(({ part, isRight, number, proof }) => (
        <div key={proof} className={`told near2 ${isRight ? 'told-right' : 'told-wrong'}`} data-proof={proof} data-entry={String(number)}>
          <ToldPart part={part} />
          <p>
            <a href={proof} download={proof.replace(/^.*\//, 'tung-dong-')}>
              {t('code.proof')}
            </a>
          </p>
        </div>
      ))}
      <p className="small quiet near2">{t('code.server')}</p>
      {hasMore && <p className="near2">{t('code.more')}</p>}
    </div>
  )
}
