import { and, asc, eq } from 'drizzle-orm'
import { isAnyOf } from '../../db/rows'
import { disclosures, pledges } from '../../db/schema'
import type { Context } from '../context'

/**
 * A donor's name where it was read, or needed no reading, with the salt that opens its commitment (money.md §6): for papers
 * that speak in the fund's name, and for nobody but the donor.
 * @returns null where there is none
 */
export async function ownName({ db }: Context, code: string): Promise<{ text: string; salt: Uint8Array } | null> {
  const [row] = await db
    .select({ text: disclosures.text, salt: disclosures.salt })
    .from(pledges)
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')))
    .where(eq(pledges.code, code))
  return row ?? null
}

/** The commitments to the names that `ownName` gives for several codes, in the order of the codes: other ones where a name was corrected. */
export async function listNameCommitments({ db }: Context, codes: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ commitment: disclosures.commitment })
    .from(pledges)
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')))
    .where(isAnyOf(pledges.code, codes))
    .orderBy(asc(pledges.code))
  return rows.map(({ commitment }) => commitment)
}
