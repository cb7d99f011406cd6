import { describe, expect, test } from 'vitest'
import { ROLES, type HeldRole, type Role } from './model'
import { communesOf, isAllowed, isAllowedSomewhere, PERMISSIONS, type Permission } from './permissions'

const [HERE, ELSEWHERE] = [1, 2]
const [OWN, OTHER] = [7, 8]

/** Every action, and by letters who may: E editor, A accountant, D director, F field officer, S auditor, O operator. */
const TABLE: [Permission, string][] = [
  ['needs.read', 'EADFS'],
  ['needs.report', 'EF'],
  ['needs.import', 'EF'],
  ['needs.check', 'E'],
  ['needs.cover', 'E'],
  ['needs.publish', 'ED'],
  ['needs.round', 'ED'],
  ['campaigns.read', 'EADFS'],
  ['campaigns.edit', 'E'],
  ['campaigns.submit', 'E'],
  ['campaigns.review', 'D'],
  ['campaigns.exceed', 'D'],
  ['campaigns.open', 'D'],
  ['campaigns.pause', 'D'],
  ['campaigns.extend', 'D'],
  ['campaigns.close', 'D'],
  ['bank.read', 'ADS'],
  ['bank.import', 'A'],
  ['bank.place', 'A'],
  ['bank.decide', 'A'],
  ['bank.rules', 'A'],
  ['bank.close_day', 'A'],
  ['gifts.read', 'ADS'],
  ['cash.record', 'A'],
  ['cash.reverse', 'D'],
  ['goods.receive', 'EA'],
  ['refunds.read', 'ADS'],
  ['refunds.request', 'A'],
  ['refunds.approve', 'D'],
  ['disputes.answer', 'A'],
  ['pledges.read', 'EADS'],
  ['pledges.correct', 'EA'],
  ['pledges.write', 'EA'],
  ['texts.review', 'ED'],
  ['spends.read', 'EADFS'],
  ['spend_papers.read', 'ADS'],
  ['spends.request', 'A'],
  ['spends.approve', 'D'],
  ['spends.pay', 'A'],
  ['spends.advance', 'A'],
  ['spends.settle', 'A'],
  ['spends.cancel', 'AD'],
  ['spends.exceed', 'D'],
  ['deliveries.read', 'EADFS'],
  ['deliveries.record', 'EF'],
  ['evidence.read', 'EADFS'],
  ['evidence.add', 'EAF'],
  ['evidence.release', 'AD'],
  ['evidence.withdraw', 'EADF'],
  ['logos.read', 'EADS'],
  ['logos.add', 'E'],
  ['logos.release', 'D'],
  ['logos.withdraw', 'ED'],
  ['people.read', 'ADS'],
  ['people.appoint', 'D'],
  ['people.confirm', 'D'],
  ['people.withdraw', 'AD'],
  ['people.end', 'D'],
  ['accounts.read', 'ADS'],
  ['accounts.propose', 'AD'],
  ['accounts.approve', 'D'],
  ['fund.read', 'EADFS'],
  ['fund.settings', 'D'],
  ['audit.read', 'DS'],
  ['exports.read', 'ADS'],
  ['exports.personal', 'AD'],
  ['platform.read', 'O'],
  ['platform.settings', 'O'],
  ['platform.funds', 'O'],
]

const LETTERS: Record<Role, string> = { editor: 'E', accountant: 'A', director: 'D', field_officer: 'F', auditor: 'S', operator: 'O' }

const holding = (role: Role): HeldRole[] => [
  { role, fundId: role === 'operator' ? null : HERE, communeIds: new Set(role === 'field_officer' ? [OWN] : []) },
]

describe('role by action', () => {
  test('the table names every action once', () => {
    expect(TABLE.map(([permission]) => permission)).toEqual(PERMISSIONS)
  })

  test.each(TABLE)('%s: %s', (permission, letters) => {
    const fundId = permission.startsWith('platform.') ? null : HERE
    const may = ROLES.filter((role) => isAllowed(holding(role), permission, { fundId, communeId: OWN }))
    expect(may.map((role) => LETTERS[role]).sort()).toEqual([...letters].sort())
  })

  test('nobody may do anything in another fund, and a fund’s role is none of the platform’s', () => {
    for (const role of ROLES)
      for (const permission of PERMISSIONS) {
        expect(isAllowed(holding(role), permission, { fundId: ELSEWHERE, communeId: OWN })).toBe(false)
        if (role !== 'operator') expect(isAllowed(holding(role), permission, { fundId: null })).toBe(false)
      }
  })

  test('an operator may do nothing in any fund', () => {
    for (const permission of PERMISSIONS) expect(isAllowed(holding('operator'), permission, { fundId: HERE })).toBe(false)
  })

  test('an auditor sees, and changes nothing', () => {
    const allowed = PERMISSIONS.filter((permission) => isAllowed(holding('auditor'), permission, { fundId: HERE }))
    expect(allowed.every((permission) => permission.endsWith('.read'))).toBe(true)
    expect(allowed).toEqual(PERMISSIONS.filter((permission) => permission.endsWith('.read') && permission !== 'platform.read'))
  })

  test('a field officer acts in their communes alone, and never where no commune is named', () => {
    for (const permission of PERMISSIONS) {
      expect(isAllowed(holding('field_officer'), permission, { fundId: HERE, communeId: OTHER })).toBe(false)
      expect(isAllowed(holding('field_officer'), permission, { fundId: HERE })).toBe(false)
    }
    expect(communesOf(holding('field_officer'), 'deliveries.record', HERE)).toEqual(new Set([OWN]))
    expect(communesOf(holding('editor'), 'deliveries.record', HERE)).toBe('all')
    expect(communesOf(holding('auditor'), 'deliveries.record', HERE)).toEqual(new Set())
    expect(isAllowedSomewhere(holding('field_officer'), 'deliveries.record', HERE)).toBe(true)
    expect(isAllowedSomewhere(holding('field_officer'), 'bank.read', HERE)).toBe(false)
    expect(isAllowedSomewhere(holding('operator'), 'platform.settings', null)).toBe(true)
  })

  test('two roles are the sum of both, each in its own fund', () => {
    const roles = [...holding('accountant'), { role: 'director' as const, fundId: ELSEWHERE, communeIds: new Set<number>() }]
    expect(isAllowed(roles, 'spends.request', { fundId: HERE })).toBe(true)
    expect(isAllowed(roles, 'spends.approve', { fundId: HERE })).toBe(false)
    expect(isAllowed(roles, 'spends.approve', { fundId: ELSEWHERE })).toBe(true)
    expect(isAllowed(roles, 'spends.request', { fundId: ELSEWHERE })).toBe(false)
  })
})
