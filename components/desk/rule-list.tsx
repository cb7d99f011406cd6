import type { QueueLine } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { signedVnd } from './suggestion-text'

/** A rule, and the lines that it would decide just now. */
export interface RuleView {
  id: string
  words: string
  direction: 'in' | 'out'
  leastVnd: bigint
  mostVnd: bigint
  decision: 'fee' | 'interest' | 'own_transfer'
  cases: (Pick<QueueLine, 'id' | 'direction' | 'amountVnd' | 'memo' | 'account'> & { isSure: boolean })[]
}

interface Props {
  locale: Locale
  rules: RuleView[]
  mayRule: boolean
  formKey: string
  applyPath: string
  retirePath: string
}

const SHOWN = 20

/** Rules in force, each with what it would do. */
export function RuleList({ locale, rules, mayRule, formKey, applyPath, retirePath }: Props) {
  const t = translator(locale, 'desk')
  if (rules.length === 0) return <p>{t('rules.none')}</p>
  return rules.map((rule) => {
    const sure = rule.cases.filter(({ isSure }) => isSure).length
    const amounts = { least: formatVnd(rule.leastVnd, locale), most: formatVnd(rule.mostVnd, locale) }
    return (
      <section key={rule.id} className="pane" aria-labelledby={`quy-tac-${rule.id}`}>
        <h2 id={`quy-tac-${rule.id}`}>
          “{rule.words}”: {t(`kinds.${rule.decision}`)}
        </h2>
        <p className="small quiet">{t('rules.range', { direction: t(`rules.${rule.direction}`), ...amounts })}</p>
        <p>{t('rules.would', { count: rule.cases.length })}</p>
        <ul>
          {rule.cases.slice(0, SHOWN).map((line) => (
            <li key={line.id}>
              <b>{signedVnd(locale, line)}</b> {line.account} <span className="memo">{line.memo}</span>
            </li>
          ))}
        </ul>
        {sure < rule.cases.length && <p className="small">{t('rules.unsure', { count: rule.cases.length - sure })}</p>}
        {mayRule && (
          <div className="acts-row">
            {sure > 0 && (
              <form method="post" action={applyPath}>
                <input type="hidden" name="key" value={`${formKey}-${rule.id}`} />
                <button className="act act-3 act-row" name="quy-tac" value={rule.id}>
                  {t('rules.apply', { count: sure })}
                </button>
              </form>
            )}
            <form method="post" action={retirePath}>
              <button className="act act-2 act-row" name="quy-tac" value={rule.id}>
                {t('rules.retire')}
              </button>
            </form>
          </div>
        )}
      </section>
    )
  })
}
