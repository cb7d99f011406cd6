import { and, eq } from 'drizzle-orm'
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
