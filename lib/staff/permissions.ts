import type { HeldRole, Role } from './model'

const editor = 'editor'
const accountant = 'accountant'
const director = 'director'
const field = 'field_officer'
const auditor = 'auditor'
const operator = 'operator'

/**
 * Who may do what: the one table of it. Every action and every private query of the console names a line of it. That
 * two people are needed is in the commands and in the tables, and comes on top.
 */
const ALLOWED = {
  'needs.read': [editor, accountant, director, field, auditor],
  'needs.report': [editor, field],
  'needs.import': [editor, field],
  'needs.check': [editor],
  'needs.cover': [editor],
  'needs.publish': [editor, director],
  'needs.round': [editor, director],

  'campaigns.read': [editor, accountant, director, field, auditor],
  'campaigns.edit': [editor],
  'campaigns.submit': [editor],
  'campaigns.review': [director],
  /** To ask for more than is uncovered, with a written reason. */
  'campaigns.exceed': [director],
  'campaigns.open': [director],
  'campaigns.pause': [director],
  'campaigns.extend': [director],
  'campaigns.close': [director],

  'bank.read': [accountant, director, auditor],
  'bank.import': [accountant],
  'bank.place': [accountant],
  'bank.decide': [accountant],
  'bank.rules': [accountant],
  'bank.close_day': [accountant],

  'gifts.read': [accountant, director, auditor],
  'cash.record': [accountant],
  /** To take back what was written down wrongly, asked for by somebody else. */
  'cash.reverse': [director],
  'goods.receive': [accountant, editor],
  'refunds.read': [accountant, director, auditor],
  'refunds.request': [accountant],
  'refunds.approve': [director],
  'disputes.answer': [accountant],
  'pledges.read': [accountant, editor, director, auditor],
  'pledges.correct': [accountant, editor],
  'pledges.write': [accountant, editor],
  'texts.review': [editor, director],

  'spends.read': [editor, accountant, director, field, auditor],
  /** Quotations and invoices as they came, unredacted. */
  'spend_papers.read': [accountant, director, auditor],
  'spends.request': [accountant],
  'spends.approve': [director],
  'spends.pay': [accountant],
  'spends.advance': [accountant],
  'spends.settle': [accountant],
  'spends.cancel': [accountant, director],
  /** To buy more of an item than the budget says, in public. */
  'spends.exceed': [director],

  'deliveries.read': [editor, accountant, director, field, auditor],
  'deliveries.record': [field, editor],
  'evidence.read': [editor, accountant, director, field, auditor],
  'evidence.add': [field, editor, accountant],
  'evidence.release': [accountant, director],
  'evidence.withdraw': [field, editor, accountant, director],

  'logos.read': [editor, accountant, director, auditor],
  'logos.add': [editor],
  'logos.release': [director],
  'logos.withdraw': [editor, director],

  'people.read': [accountant, director, auditor],
  'people.appoint': [director],
  'people.confirm': [director],
  'people.withdraw': [accountant, director],
  'people.end': [director],
  'accounts.read': [accountant, director, auditor],
  'accounts.propose': [accountant, director],
  'accounts.approve': [director],
  'fund.read': [editor, accountant, director, field, auditor],
  'fund.settings': [director],
  'audit.read': [director, auditor],
  'exports.read': [accountant, director, auditor],
  /** To have in them what reaches donors: addresses, telephones, tax codes. */
  'exports.personal': [accountant, director],

  'platform.read': [operator],
  'platform.settings': [operator],
  'platform.funds': [operator],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof ALLOWED

/** Every permission, in the order of the table. */
export const PERMISSIONS: readonly Permission[] = Object.keys(ALLOWED).filter(isPermission)

function isPermission(name: string): name is Permission {
  return Object.hasOwn(ALLOWED, name)
}

/** What a permission is asked for. */
export interface Place {
  /** Null for the platform. */
  fundId: number | null
  /**
   * Today's commune that it is about. Left out, whoever holds the permission for some communes only has it not: a list
   * asks `communesOf` instead.
   */
  communeId?: number | undefined
}

const roleHas = (role: Role, permission: Permission): boolean => ALLOWED[permission].some((allowed) => allowed === role)

/**
 * Whether roles that are in effect allow something at a place. A fund's roles count in that fund alone, a field
 * officer's in their communes alone, and an operator's in no fund.
 */
export const isAllowed = (roles: readonly HeldRole[], permission: Permission, { fundId, communeId }: Place): boolean =>
  roles.some(
    (held) =>
      held.fundId === fundId &&
      roleHas(held.role, permission) &&
      (held.role !== 'field_officer' || (communeId !== undefined && held.communeIds.has(communeId))),
  )

/**
 * For which communes of a fund roles allow something: what a list shows, and whether a room has a door at all.
 * @returns 'all', or ids of communes; none where it is not allowed
 */
export function communesOf(roles: readonly HeldRole[], permission: Permission, fundId: number): 'all' | ReadonlySet<number> {
  const having = roles.filter((held) => held.fundId === fundId && roleHas(held.role, permission))
  if (having.some(({ role }) => role !== 'field_officer')) return 'all'
  return new Set(having.flatMap(({ communeIds }) => [...communeIds]))
}

/** Whether roles allow something anywhere in a fund: what stands in its navigation. */
export function isAllowedSomewhere(roles: readonly HeldRole[], permission: Permission, fundId: number | null): boolean {
  if (fundId === null) return isAllowed(roles, permission, { fundId })
  const communes = communesOf(roles, permission, fundId)
  return communes === 'all' || communes.size > 0
}
