import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '../../db/client'
import { staffMembers } from '../../db/schema'
import type { Context } from '../context'
import type { Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'

const address = z.email().max(254)
const MOST_NAME = 80

/** How a person is known: their address in small letters, and their name. */
export interface Person {
  email: string
  name: string
  locale: Locale
}

/** The one writing of an address: what is typed to sign in is found by it. */
export const writtenAddress = (typed: string): string => typed.trim().normalize('NFC').toLowerCase()

/** Whether what was typed is an address at all. */
export const isAddress = (typed: string): boolean => address.safeParse(writtenAddress(typed)).success

/** Reads what was typed about a person. Refuses: an address or a name that is none. */
export function readPerson<Typed extends Person>(typed: Typed): Result<Person, 'not_an_email' | 'no_name'> {
  const email = writtenAddress(typed.email)
  const name = typed.name.normalize('NFC').trim().replace(/\s+/g, ' ')
  if (!address.safeParse(email).success) return refuse('not_an_email')
  if (name === '' || name.length > MOST_NAME) return refuse('no_name')
  return ok({ email, name, locale: typed.locale })
}

/** One address, one person: who is known keeps the name they have. @returns their id */
export async function findOrAddMember(tx: Transaction, { random, now }: Pick<Context, 'random' | 'now'>, person: Person): Promise<string> {
  await tx
    .insert(staffMembers)
    .values({ id: createStaffId(random), ...person, createdAt: now() })
    .onConflictDoNothing({ target: staffMembers.email })
  const [member] = await tx.select({ id: staffMembers.id }).from(staffMembers).where(eq(staffMembers.email, person.email))
  if (!member) throw new Error('a person was neither written nor found')
  return member.id
}

const SYMBOLS = '23456789abcdefghjkmnpqrstuvwxyz'

/** Ten of 31 symbols. */
const createStaffId = (random: Context['random']): string => [...random(10)].map((byte) => SYMBOLS[byte % SYMBOLS.length] ?? '').join('')
