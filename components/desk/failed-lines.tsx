import type { FailedLine } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatMoment } from '@/lib/time/day'
import { deskRefusal } from './desk-text'
import { signedVnd } from './suggestion-text'

/** What could not be written, line by line, and why; where somebody was first, who. */
export function FailedLines({ locale, failed, names }: { locale: Locale; failed: FailedLine[]; names: ReadonlyMap<string, string> }) {
  const t = translator(locale, 'desk')
  if (failed.length === 0) return null
  return (
    <div className="refused" role="alert">
      <p>{t('queue.failed', { count: failed.length })}</p>
      <ul>
        {failed.map((line) => (
          <li key={line.id}>
            <b>{signedVnd(locale, line)}</b> <span className="memo">{line.memo}</span>: {deskRefusal(locale, line.refusal)}
            {line.first && (
              <>
                {' '}
                {t('queue.firstWas', {
                  name: names.get(line.first.by) ?? line.first.by,
                  kind: t(`kinds.${line.first.kind}`),
                  at: formatMoment(line.first.at),
                })}
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
