import { createHash } from 'node:crypto'
import { fold } from '../i18n/fold'
import type { GiverKind } from './model'

/**
 * What makes gifts one giver's: of organisations the tax code, of all others the same name with the same e-mail address.
 * Without either a gift stands for itself, since many people share a name.
 */
export function giverKey(who: {
  kind: GiverKind
  pledgeId: bigint
  name: string
  email: string | null
  taxCode: string | null
}): Uint8Array {
  const { kind, pledgeId, name, email, taxCode } = who
  if (kind === 'company' && taxCode !== null) return organisationKey(taxCode)
  return keyOf(kind, email === null ? `gift\n${pledgeId}` : `e-mail\n${email.trim().toLowerCase()}\n${fold(name)}`)
}

/** The key of an organisation. @param taxCode with its dashes or without */
export const organisationKey = (taxCode: string): Uint8Array => keyOf('company', `tax code\n${taxCode.replace(/\D/g, '')}`)

const keyOf = (kind: GiverKind, same: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`tung-dong/giver/v1\n${kind}\n${same}`).digest())
