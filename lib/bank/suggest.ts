import type { Context } from '../context'
import { fold } from '../i18n/fold'
import type { Locale } from '../i18n/locale'
import type { BankLine } from './deciding'
import type { Suggestion } from './model'
import { findAdvances } from './suggest-advances'
import { findDeposits, findLegs, findPayouts, findRefunds, findSpends } from './suggest-matches'
import { findPledges } from './suggest-pledges'
import { listRules, matchesRule } from './rules'

const MOST = 4

/** Words, folded, by which banks and people call what is no gift. */
const WORDS = {
  fee: /\b(phi|fee|vat|sms|thu phi)\b/,
  interest: /\b(lai tien gui|tra lai|lai suat|lai nhap goc|interest)\b/,
  budget_repayment: /\b(ngan sach|kho bac|hoan phi)\b/,
}

/**
 * What lines may be, the likeliest first and why: by code, sum, day, name, supplier, words and the fund's own rules. Only
 * suggestions: nothing less certain than a code is ever placed by itself (money.md §4).
 * @returns by the lines' ids
 */
export async function suggest(
  context: Context,
  fundId: number,
  lines: readonly BankLine[],
  locale: Locale,
): Promise<Map<bigint, Suggestion[]>> {
  const gifts = lines.filter(({ state }) => state === 'unplaced')
  const outgoing = lines.filter(({ state }) => state === 'outgoing')
  const [pledged, spends, advances, refunds, legs, payouts, deposits, rules] = await Promise.all([
    findPledges(context, fundId, gifts, locale),
    findSpends(context, fundId, outgoing, locale),
    findAdvances(context, fundId, [...gifts, ...outgoing], locale),
    findRefunds(context, fundId, outgoing),
    findLegs(context, fundId, [...gifts, ...outgoing]),
    findPayouts(
      context,
      fundId,
      lines.filter(({ state }) => state === 'possible_payout'),
    ),
    findDeposits(context, fundId, gifts),
    listRules(context, fundId),
  ])
  return new Map(
    lines.map((line) => {
      const of = (found: Map<bigint, Suggestion[]>) => found.get(line.id) ?? []
      const matched = [...of(spends), ...of(advances), ...of(refunds), ...of(deposits), ...of(pledged), ...of(legs), ...of(payouts)]
      const found = [...ruled(line, rules), ...matched, ...plain(line)]
      return [line.id, distinct(found).slice(0, MOST)]
    }),
  )
}

type Rules = Awaited<ReturnType<typeof listRules>>

/** A rule for transfers says what a line is, not which line is the other leg: that is suggested beside it. */
const ruled = (line: BankLine, rules: Rules): Suggestion[] =>
  isOpen(line)
    ? rules.flatMap((rule) =>
        rule.decision !== 'own_transfer' && matchesRule(rule, line)
          ? [{ choice: rule.decision, kind: rule.decision, why: ['rule' as const] }]
          : [],
      )
    : []

const isOpen = ({ state }: BankLine): boolean => state === 'unplaced' || state === 'outgoing'

/** What the state or the words of a line say by themselves. */
function plain(line: BankLine): Suggestion[] {
  const by = (kind: 'fee' | 'interest' | 'budget_repayment'): Suggestion[] =>
    WORDS[kind].test(fold(line.memo)) ? [{ choice: kind, kind, why: ['words'] }] : []
  switch (line.state) {
    case 'possible_duplicate':
      return [
        { choice: 'same', kind: 'same', why: ['amount', 'day'] },
        { choice: 'not_same', kind: 'not_same', why: [] },
      ]
    case 'possible_payout':
      return [{ choice: 'not_payout', kind: 'not_payout', why: [] }]
    case 'outgoing':
      return by('fee')
    case 'unplaced':
      return [...by('interest'), ...by('budget_repayment')]
    default:
      return []
  }
}

/** What is suggested twice is said once, where it was said first. */
const distinct = (found: readonly Suggestion[]): Suggestion[] =>
  found.filter(({ choice }, index) => found.findIndex((one) => one.choice === choice) === index)
