import { and, eq, ilike, or, sql } from 'drizzle-orm'
import { administrativeUnits, campaigns, staffMembers, staffRoles } from '../../db/schema'
import type { Context } from '../context'
import { fold } from '../i18n/fold'
import { pick, type Locale } from '../i18n/locale'
import type { Staff, StaffFund } from '../staff/model'
import { isAllowedSomewhere, type Permission } from '../staff/permissions'
import { consolePath, type Hit } from './model'

/** What is looked for, and in whose console. */
interface Wanted {
  fund: StaffFund
  /** As it was typed. */
  text: string
  locale: Locale
}

/** Each kind stops at so many: who means one of more types more. */
const MOST = 8

/** One line a room: what can be found, and by whom. */
const FINDERS: readonly { permission: Permission; find: (context: Context, wanted: Wanted) => Promise<Hit[]> }[] = [
  { permission: 'campaigns.read', find: findCampaigns },
  { permission: 'people.read', find: findPeople },
]

/** Looks through everything of a fund that a person may see. */
export async function search(context: Context, staff: Staff, wanted: Wanted): Promise<Hit[]> {
  if (fold(wanted.text) === '') return []
  const allowed = FINDERS.filter(({ permission }) => isAllowedSomewhere(staff.roles, permission, wanted.fund.id))
  return (await Promise.all(allowed.map(({ find }) => find(context, wanted)))).flat()
}

const containing = (text: string): string => `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`

async function findCampaigns({ db }: Context, { fund, text, locale }: Wanted): Promise<Hit[]> {
  const rows = await db
    .select({
      slug: campaigns.slug,
      vi: campaigns.titleVi,
      en: campaigns.titleEn,
      unitVi: administrativeUnits.fullNameVi,
      unitEn: administrativeUnits.fullNameEn,
    })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(
      and(
        eq(campaigns.fundId, fund.id),
        or(
          ilike(campaigns.titleVi, containing(text)),
          ilike(campaigns.titleEn, containing(text)),
          ilike(campaigns.slug, containing(fold(text).replaceAll(' ', '-'))),
          ilike(administrativeUnits.fullNameVi, containing(text)),
        ),
      ),
    )
    .orderBy(sql`${campaigns.id} desc`)
    .limit(MOST)
  return rows.map(({ slug, vi, en, unitVi, unitEn }) => ({
    ...{ kind: 'campaign' as const, title: pick(locale, vi, en), detail: pick(locale, unitVi, unitEn), path: `/chien-dich/${slug}` },
  }))
}

async function findPeople({ db }: Context, { fund, text }: Wanted): Promise<Hit[]> {
  const rows = await db
    .selectDistinct({ name: staffMembers.name, email: staffMembers.email })
    .from(staffMembers)
    .innerJoin(staffRoles, eq(staffRoles.staffId, staffMembers.id))
    .where(
      and(
        eq(staffRoles.fundId, fund.id),
        sql`${staffRoles.endedAt} is null`,
        or(ilike(staffMembers.name, containing(text)), ilike(staffMembers.email, containing(text))),
      ),
    )
    .limit(MOST)
  return rows.map(({ name, email }) => ({ kind: 'person', title: name ?? '', detail: email ?? '', path: consolePath(fund.slug, '/nguoi') }))
}
