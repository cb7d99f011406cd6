import { Facts, type Fact } from '@/components/ui/facts'
import { Timeline } from '@/components/ui/timeline'
import type { BankLineView } from '@/lib/bank/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'
import { signedVnd } from './suggestion-text'

interface Props {
  locale: Locale
  line: BankLineView
  names: ReadonlyMap<string, string>
  /** The address of another line of the fund, in its language. */
  lineHref: (id: string) => string
  /** Where the queue opens this line. */
  queueHref: string
}

/** One line of the bank: what it says, what became of it, and who said so. */
export function BankLinePage({ locale, line, names, lineHref, queueHref }: Props) {
  const t = translator(locale, 'desk')
  const texts = MESSAGES[locale].exports
  const fact = (key: keyof typeof texts.columns, value: Fact['value']): Fact => ({ key, term: texts.columns[key], value })
  const named = (id: string) => names.get(id) ?? id
  return (
    <>
      {line.waits && (
        <p className="lead-line">
          {t('oneLine.waits')} <a href={queueHref}>{t('oneLine.toQueue')}</a>
        </p>
      )}
      <div className="bench">
        <div className="stack">
          <p className="memo">{line.memo}</p>
          <section aria-labelledby="da-quyet">
            <h2 id="da-quyet">{t('oneLine.decisions')}</h2>
            {line.decisions.length === 0 ? (
              <p>{t(line.waits ? 'oneLine.stillWaits' : 'oneLine.noDecision')}</p>
            ) : (
              <Timeline
                knots={line.decisions.toReversed().map(({ id, kind, by, at, reason, undone }) => ({
                  key: id,
                  when: t('recent.by', { name: named(by), at: formatMoment(at) }),
                  what: (
                    <>
                      {t(`kinds.${kind}`)}
                      {reason !== '' && `: ${reason}`}
                      {undone !== null && (
                        <span className="sub quiet">
                          {t('recent.undone')}, {t('recent.by', { name: named(undone.by), at: formatMoment(undone.at) })}
                          {undone.reason !== '' && `: ${undone.reason}`}
                        </span>
                      )}
                    </>
                  ),
                }))}
              />
            )}
          </section>
        </div>
        <Facts
          facts={[
            { ...fact('amount_vnd', signedVnd(locale, line)), isBig: true },
            fact('state', texts.lineStates[line.state]),
            ...(line.reason === null ? [] : [fact('why', t(`reasons.${line.reason}`))]),
            ...(line.sameAs === null ? [] : [fact('same_as', <a href={lineHref(line.sameAs)}>{t('line.number', { id: line.sameAs })}</a>)]),
            ...(line.gifts.length === 0
              ? []
              : [
                  fact(
                    'codes',
                    line.gifts.map(({ code, amountVnd }, index) => (
                      <span key={index} className="sub">
                        {code === null ? t('refunds.nameless') : <a href={localePath(locale, `/theo-doi/${code}`)}>{code}</a>},{' '}
                        {formatVnd(amountVnd, locale)}
                      </span>
                    )),
                  ),
                ]),
            fact('account', line.account),
            fact('transacted_at', formatMoment(line.transactedAt)),
            fact('posted_on', line.postedOn === null ? t('queue.unseen') : formatDay(line.postedOn)),
            fact('reference', line.reference ?? '–'),
            fact('told_by', texts.providers[line.provider]),
            { key: 'closed', term: t('oneLine.closed'), value: line.closedOn === null ? t('oneLine.open') : formatDay(line.closedOn) },
          ]}
        />
      </div>
    </>
  )
}
