import { expect, test } from 'vitest'
import { EVENT_KINDS } from '../events/model'
import { LOCALES } from '../i18n/locale'
import { MESSAGES } from '../i18n/translator'
import type { EntryFacts } from './entry-facts'
import { tellEntry, tellPaper } from './tell'

const textsOf = (locale: 'vi' | 'en') => ({ ...MESSAGES[locale].checking.told, funds: {} })
const FACTS: EntryFacts = {
  ...{ kind: 'donation', day: '2026-11-23', fund: 'ha-noi', line: '12', pot: 'campaign', amountVnd: 250_000n, units: null, item: null },
  ...{ code: 'TD2222222', via: 'bank', toldBy: 'notice', receipt: null, nameCommitment: null, sha256: null },
}

test('each kind of entry has its own words in both languages', () => {
  for (const locale of LOCALES) {
    const { kinds } = textsOf(locale)
    expect(Object.keys(kinds).sort()).toEqual([...EVENT_KINDS].sort())
    expect(new Set(Object.values(kinds)).size).toBe(EVENT_KINDS.length)
  }
})

test('an entry that a notice told of says so, and its number is no amount', () => {
  const tell = (toldBy: string) =>
    tellEntry(
      { ok: true, index: 1041, size: 1100, root: '', former: null, witnesses: [], body: '{}', facts: { ...FACTS, toldBy } },
      textsOf('en'),
      'en',
    )
  expect(tell('notice')).toMatchObject({ title: 'Entry no. 1041 of the log' })
  const rows = Object.fromEntries(tell('notice').rows)
  expect(rows['Bank statement']).toContain('not yet on a bank statement')
  expect(rows['Line']).toBe('no. 12, of a campaign')
  expect(tell('statement').rows.map(([label]) => label)).not.toContain('Bank statement')
})

test('a paper of which nobody could be asked is not told to be unknown to the log', () => {
  const [asked, notAsked] = [null, 'not_asked' as const].map((found) => tellPaper('ab', found, textsOf('en'), 'en'))
  expect([asked?.verdict, notAsked?.verdict]).toEqual(['unknown', 'unknown'])
  expect([asked?.title, notAsked?.title]).toEqual(['The log does not know this file', 'The log could not be asked'])
})
