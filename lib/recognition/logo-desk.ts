import { and, count, desc, eq, isNull, ne, type SQL } from 'drizzle-orm'
import { disclosures, files, givers, giverSums, organisationLogos, pledges } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { nameIn } from '../files/digest'
import { ALL_YEARS, fundScope, type DeskLogo, type Organisation } from './model'
import { listIdOf } from './names'

/** Who gave more than all of these sent a logo long ago. */
const MOST_ORGANISATIONS = 500
const MOST_LOGOS = 200

/** The name of a giver of the query, where it may be shown. */
const shownName = and(eq(disclosures.field, 'name'), eq(disclosures.review, 'shown'))

/** The list of the organisations that gave to a fund. */
const companiesOf = (fundId: number): SQL => listIdOf({ scope: fundScope(fundId), year: ALL_YEARS, kind: 'company' })

/** Organisations that a fund thanks by name, those that gave most first: whose logo may stand beside it. */
export async function listOrganisations({ db }: Context, fundId: number): Promise<Organisation[]> {
  const rows = await db
    .select({ id: giverSums.giverId, name: disclosures.text })
    .from(giverSums)
    .innerJoin(givers, eq(givers.id, giverSums.giverId))
    .innerJoin(pledges, and(eq(pledges.id, givers.pledgeId), eq(pledges.isNamed, true)))
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, givers.pledgeId), shownName))
    .where(eq(giverSums.listId, companiesOf(fundId)))
    .orderBy(desc(giverSums.amountVnd), desc(giverSums.giverId))
    .limit(MOST_ORGANISATIONS)
  return rows.map(({ id, name }) => ({ key: String(id), name }))
}

/** What makes an organisation one, where a fund thanks it by name; null where it does not. */
export async function organisationOf({ db }: Context, fundId: number, key: string): Promise<Uint8Array | null> {
  if (!/^\d{1,18}$/.test(key)) return null
  const [row] = await db
    .select({ key: givers.key })
    .from(giverSums)
    .innerJoin(givers, eq(givers.id, giverSums.giverId))
    .where(and(eq(giverSums.listId, companiesOf(fundId)), eq(giverSums.giverId, BigInt(key))))
  return row?.key ?? null
}

/** Logos that the people of a fund added, the newest first: what waits, what is shown and what was withdrawn. */
export async function listDeskLogos({ db }: Context, fundId: number): Promise<DeskLogo[]> {
  const rows = await db
    .select({ logo: organisationLogos, name: disclosures.text })
    .from(organisationLogos)
    .leftJoin(givers, eq(givers.key, organisationLogos.giverKey))
    .leftJoin(disclosures, and(eq(disclosures.pledgeId, givers.pledgeId), shownName))
    .where(eq(organisationLogos.fundId, fundId))
    .orderBy(desc(organisationLogos.id))
    .limit(MOST_LOGOS)
  return rows.map(({ logo, name }) => ({
    ...{ key: String(logo.id), organisation: name, width: logo.width, height: logo.height },
    ...{ addedBy: logo.addedBy, hasFile: logo.withdrawnAt === null },
    state: logo.withdrawnAt !== null ? 'withdrawn' : logo.releasedAt !== null ? 'shown' : 'waiting',
  }))
}

/** A logo of a fund with its bytes, for its own people: also while it waits to be released. Null where there is none. */
export async function readDeskLogo(
  { db, files: store }: FileContext,
  { fundId, logoId }: { fundId: number; logoId: bigint },
): Promise<{ type: string; bytes: Uint8Array } | null> {
  const [row] = await db
    .select({ file: files.name, type: files.type })
    .from(organisationLogos)
    .innerJoin(files, eq(files.name, organisationLogos.file))
    .where(and(eq(organisationLogos.id, logoId), eq(organisationLogos.fundId, fundId), isNull(organisationLogos.withdrawnAt)))
  const bytes = row && (await store.get(nameIn(row.file)))
  return bytes ? { type: row.type, bytes } : null
}

/** Logos that wait for a second person, who did not add them. */
export async function countLogosToRelease({ db }: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(organisationLogos)
    .where(
      and(
        ...[eq(organisationLogos.fundId, fundId), isNull(organisationLogos.releasedAt), isNull(organisationLogos.withdrawnAt)],
        ne(organisationLogos.addedBy, staffId),
      ),
    )
  return row?.count ?? 0
}
